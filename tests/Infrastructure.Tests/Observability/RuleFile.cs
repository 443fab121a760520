using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Alga.Extensions.Infrastructure.Tests.Observability;

/// <summary><c>observability/alerts/rules.yaml</c>.</summary>
internal sealed record RuleFile
{
    public List<RuleGroup> Groups { get; init; } = [];

    /// <exception cref="YamlDotNet.Core.YamlException">It has a member that this does not know.</exception>
    public static IReadOnlyList<RuleGroup> Read() => new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build()
        .Deserialize<RuleFile>(Repository.Read("observability", "alerts", "rules.yaml")).Groups;
}

/// <summary>Rules that are evaluated together.</summary>
internal sealed record RuleGroup
{
    public string Name { get; init; } = "";

    public string Interval { get; init; } = "";

    public List<Rule> Rules { get; init; } = [];
}

/// <summary>A recording rule or an alert.</summary>
internal sealed record Rule
{
    public string? Record { get; init; }

    public string? Alert { get; init; }

    public string Expr { get; init; } = "";

    public string? For { get; init; }

    public Dictionary<string, string> Labels { get; init; } = [];

    public Dictionary<string, string> Annotations { get; init; } = [];
}
