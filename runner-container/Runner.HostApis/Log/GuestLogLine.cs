using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>A line of an extension's log, cut and without secrets, as it may be kept.</summary>
/// <param name="At">When it was written, counted from the start of the invocation.</param>
/// <param name="Level">The level.</param>
/// <param name="Message">The message.</param>
/// <param name="Fields">A JSON object of strings, or empty for none.</param>
public sealed record GuestLogLine(TimeSpan At, GuestLogLevel Level, string Message, string Fields);
