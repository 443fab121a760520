using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wasmtime.Components;

namespace Alga.Extensions.Runner.Engine.Tests;

/// <summary>Wasmtime's structures as the engine has them are those that the binding of the same version has: Wasmtime writes them into the engine's memory.</summary>
public sealed class InteropTests
{
    [Fact]
    public void Functions_and_instances_have_the_size_that_the_binding_gives_them()
    {
        Assert.Equal(SizeOf("Wasmtime.Components.ComponentFunction+Native+Func"), Unsafe.SizeOf<NativeFunction>());
        Assert.Equal(SizeOf("Wasmtime.Components.ComponentInstance+Native+Instance"), Unsafe.SizeOf<NativeInstance>());
    }

    [Fact]
    public void Values_and_fields_have_the_size_that_the_binding_gives_them()
    {
        Assert.Equal(Constant("ValueSize"), Unsafe.SizeOf<NativeValue>());
        Assert.Equal(Constant("RecordEntrySize"), Unsafe.SizeOf<NativeField>());
    }

    private static int SizeOf(string type) => Marshal.SizeOf(Find(type));

    private static object? Constant(string name) =>
        Find("Wasmtime.Components.ComponentValueMarshaller").GetField(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!.GetRawConstantValue();

    private static Type Find(string name) => typeof(Component).Assembly.GetType(name, throwOnError: true)!;
}
