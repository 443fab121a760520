using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Infrastructure.Tests.Bicep;

/// <summary>What the compiler itself says.</summary>
public sealed partial class CompilerTests
{
    public static TheoryData<string> Environments => [.. Snapshot.Environments];

    [Fact]
    public async Task Linting_finds_nothing()
    {
        var result = await BicepCompiler.LintAsync(Repository.Path("infra", "bicep", "main.bicep"));

        var results = JsonNode.Parse(result.Output)!["runs"]!.AsArray().SelectMany(run => run!["results"]!.AsArray());
        Assert.Empty(results.Select(found => $"{found!["ruleId"]}: {found["message"]!["text"]}"));
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task The_committed_snapshot_is_what_the_templates_give(string environment)
    {
        var result = await BicepCompiler.ValidateSnapshotAsync(environment);

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
    }

    [Fact]
    public async Task Linting_finds_a_misspelt_property()
    {
        // Such a mistake is a warning with exit code 0 elsewhere, so the gate is the empty list of results.
        var folder = Directory.CreateTempSubdirectory("alga-bicep-");
        try
        {
            var file = Path.Combine(folder.FullName, "wrong.bicep");
            await File.WriteAllTextAsync(file, """
                resource account 'Microsoft.Storage/storageAccounts@2026-04-01' = {
                  name: 'name'
                  location: resourceGroup().location
                  kind: 'StorageV2'
                  sku: { name: 'Standard_LRS' }
                  properties: { allowSharedKeyAcess: false }
                }
                """);
            var result = await BicepCompiler.LintAsync(file);

            Assert.Contains("allowSharedKeyAcess", result.Output, StringComparison.Ordinal);
            Assert.Equal(0, result.ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_module_is_used()
    {
        var folder = Repository.Path("infra", "bicep");
        var used = Directory.EnumerateFiles(folder, "*.bicep", SearchOption.AllDirectories)
            .SelectMany(file => Module().Matches(File.ReadAllText(file))
                .Select(match => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, match.Groups["path"].Value))))
            .ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(folder, "modules"), "*.bicep"), file => !used.Contains(file));
    }

    [Fact]
    public void Nothing_reads_a_key_of_a_resource()
    {
        var files = Directory.EnumerateFiles(Repository.Path("infra", "bicep"), "*.bicep", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => KeyReader().IsMatch(File.ReadAllText(file)));
    }

    [GeneratedRegex(@"^module \w+ '(?<path>[^']+)'", RegexOptions.Multiline)]
    private static partial Regex Module();

    [GeneratedRegex(@"\blist(Keys|Secrets|AccountSas|ServiceSas|Credentials|QueryKeys|AdminKeys)?\s*\(|@secure\(\)|getSecret\(")]
    private static partial Regex KeyReader();
}
