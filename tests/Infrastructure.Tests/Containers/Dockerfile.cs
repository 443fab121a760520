using System.Text.Json;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Infrastructure.Tests.Containers;

/// <summary>A Dockerfile's instructions, lines that go on put together, comments left out.</summary>
internal sealed partial class Dockerfile
{
    private Dockerfile(IReadOnlyList<(string Name, string Arguments)> instructions) => Instructions = instructions;

    public IReadOnlyList<(string Name, string Arguments)> Instructions { get; }

    /// <summary>Images that stages start from, arguments resolved where they have a default.</summary>
    public IReadOnlyList<string> Images => [.. All("FROM").Select(from => Image().Match(from).Groups["image"].Value).Select(Resolve)];

    /// <summary>The project that the build publishes, and its options without the output folder and the processor.</summary>
    public (string Project, IReadOnlyList<string> Options) Publish
    {
        get
        {
            var words = All("RUN").Single(run => run.Contains("dotnet publish", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => word != "publish").Skip(1).ToList();
            List<string> options = [];
            for (var index = 1; index < words.Count; index++)
            {
                if (words[index] is "-o" or "-a") index++;
                else options.Add(words[index]);
            }

            return (words[0], options);
        }
    }

    public static Dockerfile Read(string path) => new([.. Continuation().Replace(Repository.Read(path.Split('/')), " ").Split('\n')
        .Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split(' ', 2)).Select(parts => (parts[0], parts[1].Trim()))]);

    public IEnumerable<string> All(string name) => Instructions.Where(instruction => instruction.Name == name).Select(instruction => instruction.Arguments);

    /// <summary>A command in its JSON form, which needs no shell.</summary>
    public IReadOnlyList<string> Command(string name) => JsonSerializer.Deserialize<List<string>>(All(name).Single())!;

    private string Resolve(string image) => Argument().Replace(image, match =>
        All("ARG").Select(argument => argument.Split('=', 2)).SingleOrDefault(argument => argument.Length == 2 && argument[0] == match.Groups["name"].Value)?[1] ?? match.Value);

    [GeneratedRegex(@"^(--platform=\S+ )?(?<image>\S+)")]
    private static partial Regex Image();

    [GeneratedRegex(@"\\\r?\n\s*")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"\$\{(?<name>\w+)\}")]
    private static partial Regex Argument();
}
