using System.CommandLine;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>An extension that a command is about.</summary>
internal static class ExtensionArgument
{
    public static Argument<string> Create()
    {
        var name = new Argument<string>("name") { Description = "The extension's name." };
        name.Validators.Add(result =>
        {
            if (!ExtensionName.IsValid(result.GetValueOrDefault<string>())) result.AddError("The name is an extension's, such as com.acme.reports.");
        });
        return name;
    }

    /// <summary>Where the registry has it, below its URL.</summary>
    public static string Path(string name) => "api/registry/extensions/" + Uri.EscapeDataString(name);
}
