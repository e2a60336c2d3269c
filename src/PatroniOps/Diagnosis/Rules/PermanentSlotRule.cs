using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>PermanentSlotIgnored: a permanent slot that Patroni does not make, because of its name or its place in the configuration.</summary>
internal sealed class PermanentSlotRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        if (context.Snapshot.Configuration.Value is not { } configuration)
            yield break;
        foreach (var slot in configuration.PermanentSlots.Where(s => !SlotName.IsValid(s.Name)))
            yield return New(context, $"Permanent slot '{slot.Name}' is ignored: a slot's name has only lower-case letters, digits and underscores.",
                $"It should be '{SlotName.FromMember(slot.Name)}'.", slot.Name, "GET /config slots");
        if (Json.Property(configuration.Document, "postgresql") is { } postgresql && Json.Property(postgresql, "slots") is { ValueKind: JsonValueKind.Object } misplaced)
            foreach (var slot in misplaced.EnumerateObject())
                yield return New(context, $"Permanent slot '{slot.Name}' is ignored: it stands under postgresql.slots.", "Permanent slots belong under slots at the top level.", slot.Name, "GET /config postgresql.slots");
    }

    private static Finding New(DiagnosisContext context, string message, string cause, string name, string source) => new()
    {
        Id = "PermanentSlotIgnored",
        Severity = FindingSeverity.Warning,
        Message = message,
        Cause = cause,
        NextCommand = context.Command("Test-PatroniConfiguration"),
        Evidence = [new("slot", name, source)],
    };
}
