using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>What <c>dev</c> keeps in an extension's folder: <c>.alga/</c>, which no bundle holds.</summary>
internal sealed class DevFolder(string root)
{
    public string Root => Path.Combine(root, ".alga");

    public string State(string kind) => Path.Combine(Root, kind);

    private string Running => Path.Combine(Root, "running.json");

    /// <summary>Says where the extension runs, for <c>invoke --dev</c>.</summary>
    public Task WriteAsync(DevHostAddress address)
    {
        Directory.CreateDirectory(Root);
        return OutputFile.WriteAsync(Running, secret: false, new JsonObject { ["gateway"] = address.Gateway, ["tokenFile"] = address.TokenFile }.ToJsonString());
    }

    public void Remove() => File.Delete(Running);

    /// <summary>Where the extension runs; refused when nothing runs it.</summary>
    public (string Gateway, FileInfo TokenFile) Read()
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(Running))!;
            return (json["gateway"]!.GetValue<string>(), new FileInfo(json["tokenFile"]!.GetValue<string>()));
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw new RefusedException(new CliRefusal("dev_not_running", $"Nothing runs {root}: start 'alga-ext dev' there."));
        }
    }
}
