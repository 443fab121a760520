namespace Alga.Extensions.AlgaExt.Common;

/// <summary>The access token of the person at work, from anywhere but the command line.</summary>
internal static class AccessToken
{
    private const string Variable = "ALGA_TOKEN";

    /// <summary>Reads it from a file, else from the environment.</summary>
    public static string Read(FileInfo? file) => Find(file)
        ?? throw new RefusedException(new CliRefusal(CliRefusal.Usage, $"No access token is given: use --token-file FILE or set {Variable}."));

    /// <summary>The same; null when there is none.</summary>
    public static string? Find(FileInfo? file)
    {
        var token = file is null ? Environment.GetEnvironmentVariable(Variable) : File.ReadAllText(file.FullName);
        return string.IsNullOrWhiteSpace(token) ? null : token.Trim();
    }
}
