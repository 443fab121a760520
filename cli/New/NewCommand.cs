using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.New;

/// <summary><c>alga-ext new</c>: the files of a new extension, with what they need installed.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "The new folder; its name becomes the npm package's." };
        var template = new Option<string>("--template") { Description = "ui-react (handlers and a React page) or api-only.", DefaultValueFactory = _ => "ui-react" }
            .AcceptOnlyFromAmong("ui-react", "api-only");
        var publisher = new Option<string>("--publisher") { Description = "Who publishes it, such as acme.", Required = true };
        var name = new Option<string>("--name") { Description = "The extension's name; com.<publisher>.<folder> when not given." };
        var packages = new Option<DirectoryInfo>("--packages")
        {
            Description = "Folder with the @alga packages as npm pack writes them; packed from the platform's checkout when not given.",
        }.AcceptExistingOnly();
        var noInstall = new Option<bool>("--no-install") { Description = "Leave 'npm install' out." };
        return new Command("new", """
            Starts an extension from a template, with tests that pass, and installs what it needs with npm.

            Example: alga-ext new my-notes --publisher acme
            """)
        {
            folder, template, publisher, name, packages, noInstall,
        }.Does("Writing files and installing packages", async (parsed, cancellationToken) =>
        {
            var target = Path.GetFullPath(parsed.GetRequiredValue(folder));
            if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            {
                throw new RefusedException(new CliRefusal(CliRefusal.File, $"{target} is not empty. Choose another folder, or empty it."));
            }

            var templates = await TemplateSource.OpenAsync(parsed.GetValue(packages)?.FullName, cancellationToken).ConfigureAwait(false);
            List<string> arguments = [target, "--template", parsed.GetRequiredValue(template), "--publisher", parsed.GetRequiredValue(publisher)];
            if (parsed.GetValue(name) is { } own) arguments.AddRange(["--name", own]);
            await templates.WriteAsync(arguments, cancellationToken).ConfigureAwait(false);
            var isInstalled = !parsed.GetValue(noInstall);
            if (isInstalled) await Tool.RunAsync("npm_failed", "npm", ["install", "--no-audit", "--no-fund"], target, cancellationToken).ConfigureAwait(false);

            var shown = Path.GetRelativePath(Environment.CurrentDirectory, target);
            return new CommandResult(
                $"{target} is there{(isInstalled ? " and its packages are installed" : "; run 'npm install' in it")}.\n\nNext:\n  alga-ext build {shown}\n  cd {shown} && npm test",
                new JsonObject { ["folder"] = target, ["template"] = parsed.GetRequiredValue(template), ["installed"] = isInstalled });
        });
    }
}
