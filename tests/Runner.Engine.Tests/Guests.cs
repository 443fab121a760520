using System.Collections.Concurrent;
using System.Text;
using Alga.Extensions.Contracts;
using Wasmtime;

namespace Alga.Extensions.Runner.Guests;

/// <summary>The tiny guests of <c>tests/vectors/guests</c>, one per behaviour, as component binaries.</summary>
public static class Guest
{
    private static readonly ConcurrentDictionary<string, byte[]> Compiled = new(StringComparer.Ordinal);

    /// <summary>A guest by the name of its file.</summary>
    public static byte[] Wasm(string name) => Compiled.GetOrAdd(name, key => Module.ConvertText(Text(key)));

    /// <summary>A guest after a change of its text, such as a larger memory.</summary>
    public static byte[] Wasm(string name, string oldText, string newText)
    {
        var text = Text(name);
        Assert.Contains(oldText, text, StringComparison.Ordinal);
        return Module.ConvertText(text.Replace(oldText, newText, StringComparison.Ordinal));
    }

    /// <summary>A guest after any change of its text.</summary>
    public static byte[] Wasm(string name, Func<string, string> change) => Module.ConvertText(change(Text(name)));

    /// <summary>A component that says that others have the same code.</summary>
    public static byte[] Sharing(byte[] wasm)
    {
        var name = Encoding.UTF8.GetBytes(SharedCodeNames.Marker);
        return [.. wasm, 0, (byte)(name.Length + 1), (byte)name.Length, .. name];
    }

    private static string Text(string name)
    {
        var guest = Read(name);
        var component = guest.Contains("(component", StringComparison.Ordinal) ? guest
            : name == "calls" ? Read("_imports").Replace("(; guest ;)", guest, StringComparison.Ordinal)
            : Read("_plain").Replace("(; core ;)", Read("_skeleton").Replace("(; guest ;)", guest, StringComparison.Ordinal), StringComparison.Ordinal);
        return component
            .Replace("(; types ;)", Read("_types"), StringComparison.Ordinal)
            .Replace("(; handler ;)", Read("_handler"), StringComparison.Ordinal);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "guests", name + ".wat"));
}
