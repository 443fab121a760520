namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// What kind of guest a component is; each has an engine of its own, because the memory that a pool slot keeps between
/// two requests must just exceed what the guest dirties: too little costs page faults, too much costs clearing.
/// </summary>
public enum GuestClass
{
    /// <summary>Compiled languages: few dirty pages.</summary>
    Compact = 0,

    /// <summary>A component that carries a script engine.</summary>
    Script,

    /// <summary>
    /// A component of at least <see cref="EngineOptions.LargeBytes"/>: so much memory to begin with that a fresh sandbox copies only
    /// what the guest writes to. Its code is compiled for that, so it runs on no other engine.
    /// </summary>
    Large,
}
