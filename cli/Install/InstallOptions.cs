using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Install;

/// <summary>Options that the commands about a tenant's installs share.</summary>
internal static class InstallOptions
{
    public static Option<bool> GrantAll() => new("--grant-all") { Description = "Grant every capability and host that the version asks for." };

    public static Option<string[]> Grant() => new("--grant") { Description = "A capability to grant; may be repeated.", DefaultValueFactory = _ => [] };

    public static Option<string[]> Egress() => new("--egress") { Description = "A host to grant for http.fetch; may be repeated.", DefaultValueFactory = _ => [] };

    public static Option<FileInfo> Config() => new Option<FileInfo>("--config") { Description = "File with the settings, a JSON object." }.AcceptExistingOnly();

    public static Option<string> Policy() => new Option<string>("--policy")
    {
        Description = "Which new versions the install moves to by itself: pin, patch or minor.",
    }.AcceptOnlyFromAmong("pin", "patch", "minor");

    /// <summary>Path of an install, with a verb below it where one is given.</summary>
    public static string Path(string name, string? verb = null) =>
        $"api/tenant/installs/{Uri.EscapeDataString(name)}{(verb is null ? "" : "/" + verb)}";

    /// <summary>Refuses <c>--grant-all</c> together with single grants.</summary>
    public static void RefuseBoth(Command command, Option<bool> grantAll, Option<string[]> grant, Option<string[]> egress) => command.Validators.Add(result =>
    {
        var single = result.GetValue(grant)?.Length > 0 || result.GetValue(egress)?.Length > 0;
        if (result.GetValue(grantAll) && single) result.AddError("Use either --grant-all, or --grant and --egress.");
    });

    /// <summary>Settings from a file.</summary>
    public static JsonObject ReadConfig(FileInfo file)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllText(file.FullName)) is JsonObject settings) return settings;
        }
        catch (JsonException)
        {
            // Told below, together with JSON of another kind.
        }

        throw new RefusedException(new CliRefusal("invalid_request", $"{file.FullName} holds no JSON object."));
    }
}
