namespace Alga.Extensions.AlgaExt.Common;

/// <summary>Exit codes; scripts depend on them.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused, here or by the registry; the answer has a code and a message.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;
}
