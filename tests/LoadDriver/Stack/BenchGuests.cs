using System.Globalization;
using System.Text;
using Wasmtime;

namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>The guests that are measured.</summary>
internal static class BenchGuests
{
    /// <summary>The TypeScript guest, built by <c>./bench</c>.</summary>
    public static string TypeScriptFolder => Path.Combine(Paths.Root, "tests/guests/bench");

    public static byte[] TypeScript() => Built("main");

    /// <summary>The same greeting from an async handler.</summary>
    public static byte[] AsyncTypeScript() => Built("later");

    /// <summary>The same greeting from a <c>fetch(request)</c> that parses its URL.</summary>
    public static byte[] StandardTypeScript() => Built("standard");

    /// <summary>The same with a number of three digits in its code, which makes another component of it.</summary>
    public static byte[] TypeScript(int edition)
    {
        var wasm = TypeScript();
        var mark = "edition-000"u8;
        var digits = Encoding.ASCII.GetBytes(edition.ToString("d3", CultureInfo.InvariantCulture));
        var found = 0;
        for (int next, at = 0; (next = wasm.AsSpan(at).IndexOf(mark)) >= 0; found++)
        {
            at += next + mark.Length;
            digits.CopyTo(wasm, at - digits.Length);
        }

        if (found == 0) throw new InvalidOperationException("The guest holds no edition. Build it again.");
        return wasm;
    }

    /// <summary>A tiny component written by hand: it answers 200 with a short text.</summary>
    public static byte[] Native() => Handwritten("hello");

    /// <summary>A guest of <c>tests/vectors/guests</c>.</summary>
    public static byte[] Handwritten(string name) => Module.ConvertText(Compose(name));

    private static byte[] Built(string name) => File.ReadAllBytes(Path.Combine(TypeScriptFolder, "dist", name + ".wasm"));

    private static string Compose(string name) => Read("_plain")
        .Replace("(; core ;)", Read("_skeleton").Replace("(; guest ;)", Read(name), StringComparison.Ordinal), StringComparison.Ordinal)
        .Replace("(; types ;)", Read("_types"), StringComparison.Ordinal)
        .Replace("(; handler ;)", Read("_handler"), StringComparison.Ordinal);

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "guests", name + ".wat"));
}
