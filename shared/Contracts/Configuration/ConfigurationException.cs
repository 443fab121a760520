namespace Alga.Extensions.Contracts.Configuration;

/// <summary>A component cannot start with the settings it was given; the message lists every fault, one a line.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> faults)
    : Exception("The configuration is not usable:" + Environment.NewLine + string.Join(Environment.NewLine, faults.Select(fault => "  " + fault)))
{
    /// <summary>Process exit code for a faulty configuration: EX_CONFIG of <c>sysexits.h</c>.</summary>
    public const int ExitCode = 78;

    /// <summary>Each as <c>NAME: what is wrong, what to write</c>.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;

    /// <summary>Writes the message, without a stack trace, for the person who starts the process.</summary>
    /// <returns><see cref="ExitCode"/>, for <c>Program.cs</c> to return.</returns>
    public int Report(TextWriter output)
    {
        output.WriteLine(Message);
        output.Flush();
        return ExitCode;
    }
}
