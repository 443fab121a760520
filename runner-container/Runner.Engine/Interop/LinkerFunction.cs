using System.Text;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// Functions that a linker gives to guests, past the binding: its callbacks get an object for each part of each argument, each byte of a body among them, and tell nothing of the store.
/// </summary>
internal static unsafe class LinkerFunction
{
    /// <summary>Adds a function that nothing has to be freed of.</summary>
    /// <param name="instance">The interface.</param>
    /// <param name="name">Its WIT name.</param>
    /// <param name="callback">
    /// Whatever types the component says that the function has, it is linked: the callback checks how many arguments and results there are, and their kinds. It gets
    /// <paramref name="data"/>, the context, its type, arguments and results, and gives an error or null. The results are to be values in Wasmtime's own memory. It throws nothing: see <see cref="Fail"/>.
    /// </param>
    /// <param name="data">Whatever the callback needs.</param>
    public static void Add(
        ComponentLinkerInstance instance, string name, delegate* unmanaged[Cdecl]<void*, void*, void*, NativeValue*, nuint, NativeValue*, nuint, void*> callback, void* data)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* text = bytes)
        {
            var error = WasmtimeApi.AddFunction(BindingHandle.Of(instance), text, (nuint)bytes.Length, callback, data, null);
            if (error is null) return;
            WasmtimeApi.DeleteError(error);
            throw new InvalidOperationException($"The linker does not take {name}.");
        }
    }

    /// <summary>
    /// The error of a callback that came to an exception, which ends the guest. What is not the guest's own fault is kept on this side: the trap, and with it whoever reads its
    /// text, learns nothing of it.
    /// </summary>
    public static void* Fail(Exception exception)
    {
        if (exception is AbiException) return WasmtimeApi.NewError(exception.Message);
        RunningInvocation.Blame(exception);
        return WasmtimeApi.NewError("host call failed");
    }
}
