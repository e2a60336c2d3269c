using System.Management.Automation;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>The one place where errors are built.</summary>
internal static class Failure
{
    /// <summary>An error record for a failure of the engine.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="target">The member or cluster, by name.</param>
    public static ErrorRecord Record(PatroniOpsException failure, object? target) =>
        new(failure, IdOf(failure.Kind), CategoryOf(failure.Kind), target);

    /// <summary>An error record for something that could not be read.</summary>
    public static ErrorRecord Record(FailureKind kind, string reason, object? target) => Record(new PatroniOpsException(kind, reason), target);

    private static string IdOf(FailureKind kind) => kind switch
    {
        FailureKind.Unreachable => "Unreachable",
        FailureKind.Timeout => "TimedOut",
        FailureKind.Tls => "TlsFailed",
        FailureKind.Authentication => "AuthenticationFailed",
        FailureKind.PermissionDenied => "PermissionDenied",
        FailureKind.InvalidAnswer => "InvalidAnswer",
        FailureKind.Refused => "Refused",
        _ => "NotConfigured",
    };

    private static ErrorCategory CategoryOf(FailureKind kind) => kind switch
    {
        FailureKind.Unreachable => ErrorCategory.ConnectionError,
        FailureKind.Timeout => ErrorCategory.OperationTimeout,
        FailureKind.Tls => ErrorCategory.SecurityError,
        FailureKind.Authentication => ErrorCategory.AuthenticationError,
        FailureKind.PermissionDenied => ErrorCategory.PermissionDenied,
        FailureKind.InvalidAnswer => ErrorCategory.InvalidData,
        FailureKind.Refused => ErrorCategory.InvalidOperation,
        _ => ErrorCategory.InvalidArgument,
    };
}
