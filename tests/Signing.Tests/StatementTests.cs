using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Signing.Tests;

/// <summary>Each field of a statement counts. The fields are taken from the statement's JSON, so a new one is tested without being named here.</summary>
public sealed class StatementTests
{
    public static TheoryData<string> Leaves => [.. FindLeaves(JsonNode.Parse(Sample.Statement.ToJson())!)];

    public static TheoryData<string> Members => [.. FindLeaves(JsonNode.Parse(Sample.Statement.ToJson())!).Select(path => path.Split('.')[0]).Distinct()];

    [Fact]
    public void The_fields_are_those_that_must_be_bound() =>
        Assert.Equal(
            ["schema", "registry", "publisher", "extension", "version", "bundle", "files", "capabilities"],
            JsonNode.Parse(Sample.Statement.ToJson())!.AsObject().Select(member => member.Key));

    [Theory]
    [MemberData(nameof(Leaves))]
    public void A_swapped_field_without_a_new_signature_is_refused(string leaf)
    {
        var envelope = JsonNode.Parse(Sample.Accepted(EnvelopeSigner.Sign(Sample.Statement, Sample.Key)))!.AsObject();
        envelope["payload"] = Convert.ToBase64String(Swap(leaf));

        var message = Sample.Refused(EnvelopeVerifier.Verify(Encoding.UTF8.GetBytes(envelope.ToJsonString()), Sample.Trust, Sample.Now));

        Assert.Contains("altered", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void A_signature_for_a_swapped_field_is_not_for_this_bundle(string leaf)
    {
        // Signed by a key that is trusted for whichever publisher the statement then names.
        var trust = Sample.Accepted(TrustBundle.Parse(Sample.Key.ToTrustEntry(Sample.Publisher, Sample.Publisher + "x")));
        var verified = EnvelopeVerifier.Verify(Sample.Sign(Swap(leaf)), trust, Sample.Now);

        var message = verified.TryGet(out var statement, out var refusal)
            ? StatementCheck.FindDifference(statement, Sample.Statement)?.Message
            : refusal.Message;

        Assert.NotNull(message);
        Assert.Contains(leaf.Split('.')[0] is "bundle" ? leaf : leaf.Split('.')[0], message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_statement_without_a_field_is_refused(string member)
    {
        var json = JsonNode.Parse(Sample.Statement.ToJson())!.AsObject();
        json.Remove(member);

        Assert.Contains("not of the form", Verify(json), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_statement_with_a_null_is_refused(string member)
    {
        var json = JsonNode.Parse(Sample.Statement.ToJson())!.AsObject();
        json[member] = null;

        Assert.Contains("not of the form", Verify(json), StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_with_another_field_or_a_null_in_a_list_is_refused()
    {
        var more = JsonNode.Parse(Sample.Statement.ToJson())!.AsObject();
        more["extra"] = 1;
        var hole = JsonNode.Parse(Sample.Statement.ToJson())!.AsObject();
        hole["files"]!.AsArray().Add(null);

        Assert.Contains("not of the form", Verify(more), StringComparison.Ordinal);
        Assert.Contains("not of the form", Verify(hole), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_more_less_or_elsewhere_is_a_difference()
    {
        var files = Sample.Statement.Files;
        IReadOnlyList<SignedFile>[] others = [[.. files, new("z", Sample.Hash("z"))], [files[0]], [files[1], files[0]], []];

        Assert.All(others, other =>
        {
            Assert.NotNull(StatementCheck.FindDifference(Sample.Statement with { Files = other }, Sample.Statement));
            Assert.NotNull(StatementCheck.FindDifference(Sample.Statement, Sample.Statement with { Files = other }));
        });
    }

    private static string Verify(JsonObject statement) =>
        Sample.Refused(EnvelopeVerifier.Verify(Sample.Sign(Encoding.UTF8.GetBytes(statement.ToJsonString())), Sample.Trust, Sample.Now));

    private static byte[] Swap(string leaf)
    {
        var root = JsonNode.Parse(Sample.Statement.ToJson())!;
        var node = leaf.Split('.').Aggregate(root, (parent, name) => Child(parent, name));
        node.ReplaceWith(node.GetValueKind() == System.Text.Json.JsonValueKind.Number ? JsonValue.Create(node.GetValue<long>() + 1) : JsonValue.Create(node.GetValue<string>() + "x"));
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static JsonNode Child(JsonNode parent, string name) =>
        (parent is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)] : parent[name])!;

    private static IEnumerable<string> FindLeaves(JsonNode node, string path = "") => node switch
    {
        JsonObject members => members.SelectMany(member => FindLeaves(member.Value!, Join(path, member.Key))),
        JsonArray items => items.SelectMany((item, index) => FindLeaves(item!, Join(path, $"{index}"))),
        _ => [path],
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
