namespace Alga.Extensions.Runner.Engine;

/// <summary>How far an invocation came; the same text means different things before and during the call.</summary>
internal enum InvocationPhase
{
    Instantiate = 0,
    Call,
}
