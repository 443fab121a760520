using System.CommandLine;
using Alga.Extensions.AlgaExt.Build;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Completion;
using Alga.Extensions.AlgaExt.Deprecate;
using Alga.Extensions.AlgaExt.Dev;
using Alga.Extensions.AlgaExt.Doctor;
using Alga.Extensions.AlgaExt.Install;
using Alga.Extensions.AlgaExt.Invoke;
using Alga.Extensions.AlgaExt.Keygen;
using Alga.Extensions.AlgaExt.Keys;
using Alga.Extensions.AlgaExt.Login;
using Alga.Extensions.AlgaExt.Logs;
using Alga.Extensions.AlgaExt.New;
using Alga.Extensions.AlgaExt.Pack;
using Alga.Extensions.AlgaExt.Publish;
using Alga.Extensions.AlgaExt.Replay;
using Alga.Extensions.AlgaExt.Restore;
using Alga.Extensions.AlgaExt.Revoke;
using Alga.Extensions.AlgaExt.Rollback;
using Alga.Extensions.AlgaExt.Search;
using Alga.Extensions.AlgaExt.Secret;
using Alga.Extensions.AlgaExt.Sign;
using Alga.Extensions.AlgaExt.Test;
using Alga.Extensions.AlgaExt.Uninstall;
using Alga.Extensions.AlgaExt.Upgrade;
using Alga.Extensions.AlgaExt.Verify;
using Alga.Extensions.AlgaExt.Yank;

namespace Alga.Extensions.AlgaExt;

/// <summary>The command <c>alga-ext</c> with all its subcommands, one folder each.</summary>
public static class AlgaExtCommand
{
    private const string About = """
        Starts, builds, packs, signs, publishes, finds and installs extensions.

        A new one:
          alga-ext doctor
          alga-ext new my-notes --publisher acme
          alga-ext dev my-notes
          alga-ext test my-notes

        From sources to a tenant:
          alga-ext keygen --out key.pem --publisher acme
          alga-ext pack . -o reports.tar.zst
          alga-ext sign reports.tar.zst --key key.pem
          alga-ext publish reports.tar.zst --envelope reports.tar.zst.dsse.json
          alga-ext install com.acme.reports --version 1.0.0 --grant-all

        Later on:
          alga-ext upgrade com.acme.reports --preview
          alga-ext upgrade com.acme.reports
          alga-ext rollback com.acme.reports

        When it fails in production, with the consent of the tenant's admin:
          alga-ext recording com.acme.reports --mode on-error
          alga-ext logs com.acme.reports --status 5xx
          alga-ext replay EXECUTION --folder reports

        Exit codes: 0 done, 1 refused (with a code and a message) or a fault was found, 2 wrong usage.
        Completion: eval "$(alga-ext completion bash)".
        Secrets are never arguments: a secret's value comes from a file or standard input, a key's passphrase comes from ALGA_KEY_PASSPHRASE, --passphrase-file or a prompt,
        the access token from ALGA_TOKEN or --token-file. ALGA_REGISTRY_URL is the registry when --registry is not given.
        """;

    // dev and test stop a database and more before they end.
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    /// <summary>The command with all that it takes.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(About)
        {
            DoctorCommand.Create(), NewCommand.Create(), BuildCommand.Create(), DevCommand.Create(), TestCommand.Create(), InvokeCommand.Create(), CompletionCommand.Create(),
            KeygenCommand.Create(), PackCommand.Create(), SignCommand.Create(), VerifyCommand.Create(),
            PublishCommand.Create(), SearchCommand.Create(), InstallCommand.Create(), SecretCommand.Create(), YankCommand.Create(), DeprecateCommand.Create(), LoginCommand.Create(), LogsCommand.Create(), RecordingCommand.Create(), ReplayCommand.Create(),
            UpgradeCommand.Create(), RollbackCommand.Create(), UninstallCommand.Create(), RestoreCommand.Create(),
            KeysCommand.Create(), RevokeCommand.Create(),
        };
        root.Add(CommonOptions.Json);
        return root;
    }

    /// <summary>Runs the command line and gives its exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var usage = new CliRefusal(CliRefusal.Usage, string.Join(' ', parsed.Errors.Select(fault => fault.Message)));
            new Answer(output, error, parsed.GetValue(CommonOptions.Json)).Refuse(usage);
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = StopTime }).ConfigureAwait(false);
    }
}
