namespace Alga.Extensions.AlgaExt.Doctor;

/// <summary>One thing that a publisher needs, as it was found.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it stands.</param>
/// <param name="Found">What was found.</param>
/// <param name="Todo">What to do about it; null when nothing is.</param>
internal sealed record Check(string Name, CheckState State, string Found, string? Todo = null);

/// <summary>How a thing stands.</summary>
internal enum CheckState
{
    Ok,

    /// <summary>Not there, and only some commands need it.</summary>
    Missing,

    Fault,
}
