using Wasmtime;

namespace Alga.Extensions.Runner.Engine;

/// <summary>A guest gave values of other types than the ABI has, or asked for more than it may. It ends with that, and nobody else is at fault.</summary>
internal sealed class AbiException(string message) : WasmtimeException(message)
{
    public static AbiException OtherTypes() => new("a value of another type than the ABI has");
}
