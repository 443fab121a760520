using System.CommandLine;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "Answer with one JSON object.", Recursive = true };

    public static Argument<FileInfo> Bundle() => new Argument<FileInfo>("bundle") { Description = "The packed bundle, a .tar.zst file." }.AcceptExistingOnly();

    public static Option<FileInfo> Envelope() => new Option<FileInfo>("--envelope")
    {
        Description = "The bundle's signature, written by 'alga-ext sign'.",
        Required = true,
    }.AcceptExistingOnly();

    public static Option<string> Registry() => new("--registry") { Description = "URL of the registry; ALGA_REGISTRY_URL when not given." };

    public static Option<FileInfo> TokenFile() => new Option<FileInfo>("--token-file")
    {
        Description = "File with the access token; ALGA_TOKEN when not given.",
    }.AcceptExistingOnly();

    public static Option<FileInfo> PassphraseFile() => new Option<FileInfo>("--passphrase-file")
    {
        Description = "File with the key's passphrase; ALGA_KEY_PASSPHRASE, or a prompt, when not given.",
    }.AcceptExistingOnly();
}
