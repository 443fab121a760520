using CsCheck;
using Xunit.Abstractions;
using ZstdSharp;

namespace Alga.Extensions.Bundles.Tests.Differential;

/// <summary>
/// What is accepted means the same to every reader: the list of .NET, of GNU tar and of Python's <c>tarfile</c> is the one of this reader,
/// or this reader refuses the bundle.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int MaxStarted = 12;

    public static TheoryData<string> Corpus => [.. TarCorpus.All.Keys];

    [Theory]
    [MemberData(nameof(Corpus))]
    public async Task A_case_of_another_readers_corpus_is_refused(string name) =>
        Assert.NotEmpty(await Bundle.RefusedAsync(Archive.Compress(TarCorpus.All[name])));

    [Fact]
    public async Task The_corpus_is_one_on_which_other_readers_do_not_agree()
    {
        TellWithoutPython();
        var disagreements = 0;
        foreach (var tar in TarCorpus.All.Values)
        {
            var (dotnet, gnu) = (Text(await OtherReaders.DotnetAsync(tar)), Text(await OtherReaders.GnuAsync(tar)));
            var python = OtherReaders.HasPython ? Text(await OtherReaders.PythonAsync(tar)) : gnu;
            if (dotnet != gnu || gnu != python) disagreements++;
        }

        output.WriteLine($"Of {TarCorpus.All.Count} archives the other readers read {disagreements} differently.");
        Assert.True(disagreements > 10);
    }

    [Fact]
    public Task Every_reader_lists_a_valid_bundle_alike()
    {
        TellWithoutPython();
        return RoundTripTests.Files.SampleAsync(
            async files =>
            {
                using var decompressor = new Decompressor();
                var bundle = await Bundle.PackAsync([.. files.Select(file => BundleFile.FromBytes(file.Path, file.Content))]);
                await AssertAlikeAsync(await Bundle.AcceptedAsync(bundle), decompressor.Unwrap(bundle).ToArray(), withPrograms: true);
            },
            iter: MaxStarted,
            threads: 1);
    }

    [Fact]
    public async Task Every_reader_lists_a_mutated_archive_alike_or_it_is_refused()
    {
        TellWithoutPython();
        var (accepted, refused) = (0, 0);
        var original = await SampleAsync();
        await Mutation.Several(original.Length).SampleAsync(
            async mutations =>
            {
                var tar = mutations.Aggregate(original, (archive, mutation) => mutation.Apply(archive));
                if (!(await Bundle.ReadAsync(Archive.Compress(tar))).TryGet(out var contents, out _))
                {
                    refused++;
                    return;
                }

                await AssertAlikeAsync(contents, tar, withPrograms: accepted++ < MaxStarted);
            },
            iter: 2_000,
            threads: 1);

        output.WriteLine($"{accepted} accepted, {refused} refused.");
        Assert.True(accepted > 3 && refused > 500, $"{accepted} accepted, {refused} refused.");
    }

    private static async Task AssertAlikeAsync(BundleContents contents, byte[] tar, bool withPrograms)
    {
        var expected = contents.Index.Files.Select(file => $"- {file.SizeBytes} {file.Path}").ToList();
        Assert.Equal(expected, await OtherReaders.DotnetAsync(tar));
        if (!withPrograms) return;
        Assert.Equal(expected, await OtherReaders.GnuAsync(tar));
        if (OtherReaders.HasPython) Assert.Equal(expected, await OtherReaders.PythonAsync(tar));
    }

    private static string Text(IReadOnlyList<string>? lines) => lines is null ? "refused" : string.Join('\n', lines);

    private static async Task<byte[]> SampleAsync()
    {
        using var decompressor = new Decompressor();
        return decompressor.Unwrap(await Bundle.PackAsync(Bundle.Sample)).ToArray();
    }

    private void TellWithoutPython()
    {
        if (!OtherReaders.HasPython) output.WriteLine("python3 is not installed, so its reader is left out and the other two are compared.");
    }
}
