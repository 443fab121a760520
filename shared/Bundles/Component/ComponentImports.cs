using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>What a WebAssembly component needs from its host and offers to it.</summary>
/// <param name="Imports">Names such as <c>wasi:io/streams@0.2.12</c>, in the component's order.</param>
/// <param name="Exports">Names such as <c>alga:extension/http-handler@2.0.0</c>, in the component's order.</param>
public sealed record ComponentImports(IReadOnlyList<string> Imports, IReadOnlyList<string> Exports)
{
    /// <summary>Most imports, and most exports; far beyond what a world has.</summary>
    public const int MaxNames = 1_000;

    private const byte CustomSection = 0;
    private const byte ImportSection = 10;
    private const byte ExportSection = 11;
    private const byte LastSection = 12;

    /// <summary>Whether its code is that of a script engine, which others have as well: what it imports is what the script calls somewhere, perhaps never.</summary>
    public bool IsScript { get; init; }

    /// <summary>
    /// Reads the names from a component's outermost sections without executing or compiling anything. Never throws because of
    /// the bytes. A name read here says what will be linked; whether the component is valid, the compiler says.
    /// </summary>
    public static Outcome<ComponentImports> Read(ReadOnlySpan<byte> wasm)
    {
        if (FindPreambleFault(wasm) is { } fault) return BundleRefusal.Of(fault);
        var imports = new List<string>();
        var exports = new List<string>();
        var isScript = false;
        var reader = new WasmReader(wasm[8..]);
        while (!reader.AtEnd)
        {
            if (!reader.TryReadByte(out var id) || id > LastSection || !reader.TryReadBytes(out var content)) return Damaged();
            var section = new WasmReader(content);
            if (id == CustomSection) isScript |= IsMarker(section);
            var complete = id switch
            {
                ImportSection => NameSection.TryReadImports(ref section, imports),
                ExportSection => NameSection.TryReadExports(ref section, exports),
                _ => true,
            };
            if (!complete) return Damaged();
        }

        return new ComponentImports(imports, exports) { IsScript = isScript };
    }

    // As ComponentSplit reads it.
    private static bool IsMarker(WasmReader section) => section.TryReadName(out var name) && name == SharedCodeNames.Marker && section.AtEnd;

    private static string? FindPreambleFault(ReadOnlySpan<byte> wasm)
    {
        if (wasm.Length < 8 || !wasm.StartsWith("\0asm"u8)) return "dist/main.wasm is not WebAssembly. Build it with 'alga-ext build'.";
        return wasm[4..8] switch
        {
            [0x0D, 0x00, 0x01, 0x00] => null,
            [_, _, 0x00, 0x00] => "dist/main.wasm is a core module; componentize it, for example with componentize-qjs or 'wasm-tools component new'.",
            _ => "dist/main.wasm is a component of a version that this platform does not know. Build it with current tools.",
        };
    }

    private static Refusal Damaged() => BundleRefusal.Of("dist/main.wasm is damaged: its sections cannot be read. Build it again.");
}
