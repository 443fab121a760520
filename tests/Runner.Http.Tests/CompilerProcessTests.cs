using System.Globalization;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Compiler;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.Guests;
using Microsoft.Extensions.Logging.Abstractions;
using Wasmtime;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>The compiler as the process that it is, with honest and with hostile components.</summary>
public sealed class CompilerProcessTests
{
    private static readonly CompilerLimits Ample = new(1_024, 120);

    [Fact]
    public async Task What_it_compiles_runs_in_the_runners_engine()
    {
        var answer = await CompileAsync(Guest.Wasm("hello"));
        using var engines = new EngineSet(new EngineOptions { Slots = 2 }, TimeProvider.System);
        using var guest = engines.For(answer.Class).Restore(answer.Code, 1);
        Assert.NotNull(guest);
    }

    [Fact]
    public async Task Metered_code_runs_in_the_engine_that_counts_and_in_no_other()
    {
        Assert.True((await Create(Ample).CompileAsync(Guest.Wasm("hello"), metered: true, CancellationToken.None)).TryGet(out var answer, out var refusal), refusal?.Message);
        using var engines = new EngineSet(new EngineOptions { Slots = 2 }, TimeProvider.System);
        using var guest = engines.For(answer.Class, metered: true).Restore(answer.Code, 1);
        Assert.NotNull(guest);
        Assert.Null(engines.For(answer.Class).Restore(answer.Code, 1));
    }

    [Theory]
    [InlineData("hello", GuestClass.Compact)]
    [InlineData("loop", GuestClass.Compact)]
    [InlineData("unreachable", GuestClass.Compact)]
    [InlineData("calls", GuestClass.Compact)]
    public async Task A_guest_that_touches_little_memory_is_compact(string guest, GuestClass guestClass) =>
        Assert.Equal(guestClass, (await CompileAsync(Guest.Wasm(guest))).Class);

    [Fact]
    public async Task A_guest_that_touches_much_memory_is_of_the_class_of_scripts()
    {
        var wasm = Guest.Wasm(
            "hello",
            "(func (export \"handle\") (type $handle)",
            "(func (export \"handle\") (type $handle) (drop (memory.grow (i32.const 32))) (memory.fill (i32.const 131072) (i32.const 1) (i32.const 1048576))");
        Assert.Equal(GuestClass.Script, (await CompileAsync(wasm)).Class);
    }

    [Fact]
    public async Task A_component_of_four_MiB_is_large_and_runs_on_the_engine_for_such_alone()
    {
        // A custom section: its number, its length in LEB128, a name without a letter, and zeros.
        byte[] wasm = [.. Guest.Wasm("hello"), 0, 0x80, 0x80, 0x80, 2, .. new byte[EngineOptions.LargeBytes]];
        var answer = await CompileAsync(wasm);
        Assert.Equal(GuestClass.Large, answer.Class);
        using var engines = new EngineSet(new EngineOptions { Slots = 2 }, TimeProvider.System);
        using var guest = engines.For(GuestClass.Large).Restore(answer.Code, wasm.Length);
        Assert.NotNull(guest);
        Assert.Null(engines.For(GuestClass.Script).Restore(answer.Code, wasm.Length));
    }

    [Fact]
    public async Task What_is_no_component_is_refused()
    {
        foreach (var wasm in new byte[][] { [], [1, 2, 3], Module.ConvertText("(module)"), Guest.Wasm("hello")[..200] })
        {
            Assert.Same(GuestEngine.NotCompilable, await RefuseAsync(Create(Ample), wasm));
        }

        Assert.Same(GuestComponent.NoHandler, await RefuseAsync(Create(Ample), Guest.Wasm("no-handler")));
    }

    public static TheoryData<string> Hostile => ["huge function", "branch tables", "nesting", "many functions"];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_component_is_stopped_and_the_next_one_compiled(string kind)
    {
        var wasm = Guest.Wasm("hello", "(data (i32.const 1024) \"hello\")", $"(data (i32.const 1024) \"hello\") {HostileText(kind)}");
        // Small limits: with large ones it takes a larger component, and the same happens.
        var compiler = Create(new CompilerLimits(64, 1));
        Assert.Same(compiler.TooMuch, await RefuseAsync(compiler, wasm));
        Assert.True((await Create(Ample).CompileAsync(Guest.Wasm("echo"), metered: false, CancellationToken.None)).TryGet(out _, out var refusal), refusal?.Message);
    }

    [Fact]
    public async Task As_many_locals_as_a_function_may_have_are_compiled_or_stopped_and_no_more()
    {
        var compiler = Create(new CompilerLimits(64, 1));
        var wasm = Guest.Wasm("hello", "(data (i32.const 1024) \"hello\")", $"(data (i32.const 1024) \"hello\") {HostileText("locals")}");
        if (!(await compiler.CompileAsync(wasm, metered: false, CancellationToken.None)).TryGet(out _, out var refusal)) Assert.Same(compiler.TooMuch, refusal);
    }

    [Fact]
    public async Task It_is_bounded_and_told_nothing()
    {
        Environment.SetEnvironmentVariable("ALGA_CANARY", "canary-secret");
        using var ended = new CancellationTokenSource();
        var wasm = Guest.Wasm("hello", "(data (i32.const 1024) \"hello\")", $"(data (i32.const 1024) \"hello\") {HostileText("many functions")}");
        var compiling = Create(new CompilerLimits(2_048, 100)).CompileAsync(wasm, metered: false, ended.Token);
        int child;
        string limits;
        while (!TryFindChild(out child) || !(limits = File.ReadAllText($"/proc/{child}/limits")).Contains("100 ", StringComparison.Ordinal))
        {
            Assert.False(compiling.IsCompleted);
            await Task.Delay(5);
        }


        var environment = await File.ReadAllTextAsync($"/proc/{child}/environ");
        Assert.DoesNotContain("canary", environment, StringComparison.Ordinal);
        Assert.All(environment.Split('\0', StringSplitOptions.RemoveEmptyEntries), variable => Assert.StartsWith("DOTNET_", variable));
        Assert.Matches(@"Max cpu time\s+100\s+100", limits);
        Assert.Matches(@"Max core file size\s+0\s+0", limits);
        while (!System.Text.RegularExpressions.Regex.IsMatch(await File.ReadAllTextAsync($"/proc/{child}/limits"), @"Max address space\s+\d+\s+\d+"))
        {
            Assert.False(compiling.IsCompleted);
            await Task.Delay(5);
        }

        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => compiling);
        Assert.False(Directory.Exists($"/proc/{child}"));
    }

    [Fact]
    public async Task Without_the_program_the_component_is_refused_for_now()
    {
        var compiler = new CompilerProcess(
            new CompilerOptions { Limits = Ample, Program = Path.Combine(AppContext.BaseDirectory, "nothing.dll") }, TimeProvider.System, NullLogger<CompilerProcess>.Instance);
        Assert.Equal(ErrorCode.BundleUnavailable, (await RefuseAsync(compiler, Guest.Wasm("hello"))).Code);
    }

    [Theory]
    [InlineData]
    [InlineData("--memory-mb", "1024")]
    [InlineData("--memory-mb", "1024", "--cpu-seconds", "0")]
    [InlineData("--memory-mb", "-1", "--cpu-seconds", "10")]
    [InlineData("--memory-mb", "1024", "--cpu-seconds", "10", "more")]
    [InlineData("--cpu-seconds", "10", "--memory-mb", "1024")]
    public void Other_arguments_are_no_limits(params string[] arguments) => Assert.Null(CompilerLimits.TryParse(arguments));

    [Fact]
    public void The_arguments_are_read_as_they_are_written() => Assert.Equal(Ample, CompilerLimits.TryParse(Ample.ToArguments()));

    [Fact]
    public async Task An_answer_that_is_not_exactly_one_is_none()
    {
        using var whole = new MemoryStream();
        CompilerAnswer.Write(whole, GuestClass.Script, [1, 2, 3]);
        var bytes = whole.ToArray();
        var answer = await ReadAsync(bytes);
        Assert.Equal(GuestClass.Script, answer!.Class);
        Assert.Equal([1, 2, 3], answer.Code);

        for (var length = 0; length < bytes.Length; length++) Assert.Null(await ReadAsync(bytes[..length]));
        Assert.Null(await ReadAsync([.. bytes, 0]));
        foreach (var (at, value) in new[] { (0, 0), (7, (int)'2'), (8, 3), (9, 1), (11, 1), (12, 0x7F), (12, 0x80), (15, 0) })
        {
            var altered = (byte[])bytes.Clone();
            altered[at] = (byte)value;
            Assert.Null(await ReadAsync(altered));
        }
    }

    internal static string HostileText(string kind)
    {
        static string Repeat(int count, string text) => string.Concat(Enumerable.Repeat(text, count));
        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

        // Numbers of no pattern, or the bundle would be refused for what it expands to.
        static string Different(int count)
        {
            var random = new Random(7);
            return string.Concat(Enumerable.Range(0, count).Select(_ => $"(i32.mul (local.get 0)) (i32.xor (i32.const {Number(random.Next())}))"));
        }

        return kind switch
        {
            // Each branch keeps all of them alive.
            "locals" => $"(func (param i32) (local{Repeat(49_000, " i64")}) (loop $l {Repeat(2_000, "(if (local.get 0) (then (local.set 40000 (i64.add (local.get 7) (local.get 48999)))))")} (br_if $l (local.get 0))))",
            "huge function" => $"(func (param i32) (result i32) (local.get 0) {Different(250_000)})",
            "branch tables" => $"(func (param i32) {Repeat(200, $"(block $a (block $b (br_table{Repeat(3_000, " $a $b")} (local.get 0))))")})",
            "nesting" => $"(func (param i32) {Repeat(60_000, "(block (br_if 0 (local.get 0)) ")}{new string(')', 60_000)})",
            _ => string.Concat(Enumerable.Range(0, 4_000).Select(number => $"(func (param i32) (result i32) (local.get 0) {Repeat(100, $"(i32.mul (local.get 0)) (i32.xor (i32.const {Number(number)}))")})")),
        };
    }

    private static bool TryFindChild(out int child)
    {
        foreach (var folder in Directory.GetDirectories("/proc"))
        {
            try
            {
                // proc(5), stat: the parent's id is the second word after the name in brackets.
                if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out child)) continue;
                var stat = File.ReadAllText(folder + "/stat");
                if (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1] != Number(Environment.ProcessId)) continue;
                // Other tests compile as well: this one is known by its arguments.
                if (File.ReadAllText(folder + "/cmdline").Contains("\02048\0", StringComparison.Ordinal)) return true;
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        child = 0;
        return false;

        static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<CompilerAnswer?> ReadAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return await CompilerAnswer.ReadAsync(stream, CancellationToken.None);
    }

    private static async Task<CompilerAnswer> CompileAsync(byte[] wasm)
    {
        Assert.True((await Create(Ample).CompileAsync(wasm, metered: false, CancellationToken.None)).TryGet(out var answer, out var refusal), refusal?.Message);
        return answer;
    }

    private static async Task<Refusal> RefuseAsync(CompilerProcess compiler, byte[] wasm)
    {
        Assert.False((await compiler.CompileAsync(wasm, metered: false, CancellationToken.None)).TryGet(out _, out var refusal));
        return refusal!;
    }

    private static CompilerProcess Create(CompilerLimits limits) =>
        new(new CompilerOptions { Limits = limits }, TimeProvider.System, NullLogger<CompilerProcess>.Instance);
}
