using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Gateway.Events;
using CsCheck;

namespace Alga.Extensions.Gateway.Tests.Events;

public sealed class EventFilterTests
{
    private static readonly Gen<string> Names = Gen.OneOf([.. new[] { "a", "b", "c", "é" }.Select(Gen.Const)]);
    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf<JsonNode?>(
        Gen.Int[0, 3].Select(JsonNode? (number) => JsonValue.Create(number)),
        Gen.Bool.Select(JsonNode? (flag) => JsonValue.Create(flag)),
        Names.Select(JsonNode? (text) => JsonValue.Create(text)),
        Gen.Int.Select(JsonNode? (_) => null));

    /// <summary>Objects without lists, in which a list means one thing in a filter and another in a payload.</summary>
    private static readonly Gen<JsonObject> Objects = ObjectOf(Gen.OneOf(Scalars, Wrap(ObjectOf(Gen.OneOf(Scalars, Wrap(ObjectOf(Scalars)))))));

    [Fact]
    public void A_payload_matches_itself_as_a_filter() => Objects.Sample(payload => Assert.True(Matches(payload, payload)));

    [Fact]
    public void Members_more_in_the_payload_and_members_less_in_the_filter_change_no_match() => Gen.Select(Objects, Objects, Objects, Names).Sample((filter, payload, more, name) =>
    {
        if (!Matches(filter, payload)) return;
        Assert.True(Matches(filter, With(payload, "zz", more)));
        Assert.True(Matches(Without(filter, name), payload));
    });

    [Fact]
    public void A_filter_that_asks_for_another_value_or_a_member_that_is_not_there_does_not_match() => Gen.Select(Objects, Scalars).Sample((payload, value) =>
    {
        var filter = With(payload, "zz", value);
        Assert.False(Matches(filter, payload));
        Assert.True(Matches(filter, With(payload, "zz", value)));
        Assert.False(Matches(filter, With(payload, "zz", "other")));
        Assert.False(Matches(filter, With(payload, "zz", new JsonArray(value?.DeepClone()))));
    });

    [Fact]
    public void A_list_matches_exactly_when_one_of_its_items_does() => Gen.Select(Objects, Scalars.Array[0, 4], Scalars).Sample((payload, items, value) =>
        Assert.Equal(
            items.Any(item => Matches(With(payload, "zz", item), With(payload, "zz", value))),
            Matches(With(payload, "zz", new JsonArray([.. items.Select(item => item?.DeepClone())])), With(payload, "zz", value))));

    [Fact]
    public void It_matches_exactly_when_each_member_does() => Gen.Select(Objects, Objects).Sample((filter, payload) =>
        Assert.Equal(filter.All(member => Matches(With([], member.Key, member.Value), payload)), Matches(filter, payload)));

    [Theory]
    [InlineData("{}", "null", true)]
    [InlineData("{}", "[1]", true)]
    [InlineData("""{"a":1}""", "[1]", false)]
    [InlineData("""{"a":1}""", """{"a":1.0}""", true)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":null}""", "{}", false)]
    [InlineData("""{"a":null}""", """{"a":null}""", true)]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""", true)]
    [InlineData("""{"a":{}}""", """{"a":5}""", false)]
    [InlineData("""{"a":{}}""", """{"a":{"b":1}}""", true)]
    [InlineData("""{"a":[]}""", """{"a":[]}""", false)]
    [InlineData("""{"a":[{"b":1},2]}""", """{"a":{"b":1,"c":3}}""", true)]
    [InlineData("""{"A":1}""", """{"a":1}""", false)]
    [InlineData("""{"a":5}""", """{"a":1e99999999999}""", false)]
    [InlineData("""{"a":1e99999999999}""", """{"a":5}""", false)]
    [InlineData("""{"a":[1e-99999999999,5]}""", """{"a":5}""", true)]
    [InlineData("""{"a":1e99999999999}""", """{"a":1e99999999999}""", true)]
    [InlineData("""{"a":1e99999999999}""", """{"a":"1e99999999999"}""", false)]
    public void Examples(string filter, string payload, bool matches) => Assert.Equal(matches, EventFilter.Matches(JsonElement.Parse(filter), JsonElement.Parse(payload)));

    private static Gen<JsonObject> ObjectOf(Gen<JsonNode?> values) =>
        Gen.Select(Names, values).Array[0, 4].Select(members => new JsonObject(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone()))));

    private static Gen<JsonNode?> Wrap(Gen<JsonObject> objects) => objects.Select(JsonNode? (node) => node);

    private static JsonObject With(JsonObject node, string name, JsonNode? value)
    {
        var copy = node.DeepClone().AsObject();
        copy[name] = value?.DeepClone();
        return copy;
    }

    private static JsonObject Without(JsonObject node, string name)
    {
        var copy = node.DeepClone().AsObject();
        copy.Remove(name);
        return copy;
    }

    private static bool Matches(JsonObject filter, JsonObject payload) => EventFilter.Matches(JsonElement.Parse(filter.ToJsonString()), JsonElement.Parse(payload.ToJsonString()));
}
