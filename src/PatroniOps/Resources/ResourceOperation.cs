namespace PatroniOps.Resources;

/// <summary>What is done with a resource.</summary>
/// <remarks>Source: PowerShell/DSC, docs/reference/schemas/resource/manifest.</remarks>
public enum ResourceOperation : long
{
    Get,
    Test,
    Set,

    /// <summary>What Set would leave behind, without changing anything.</summary>
    WhatIf,

    Delete,
    Export,
}
