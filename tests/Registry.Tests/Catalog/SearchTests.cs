using Alga.Extensions.Registry.Tests.Fixtures;
using CsCheck;

namespace Alga.Extensions.Registry.Tests.Catalog;

public sealed class SearchTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Theory]
    [InlineData("invoices")]
    [InlineData("invoi")]
    [InlineData("INVOICE")]
    [InlineData("com.acme.invoices")]
    [InlineData("acme invoices")]
    [InlineData("Quarterly")]
    [InlineData("ledgers")]
    [InlineData("ledger print")]
    [InlineData("Überweisung")]
    [InlineData("über")]
    [InlineData("ÜBERWEISUNG")]
    public async Task An_extension_is_found_by_the_words_of_its_name_publisher_title_and_description(string words)
    {
        await app.PublishAsync("com.acme.invoices", $"1.0.{Interlocked.Increment(ref patch)}", "Quarterly billing", "Prints the ledger; Überweisung included.");

        Assert.Contains("com.acme.invoices", await FindAsync(words));
    }

    [Theory]
    [InlineData("nvoices")]
    [InlineData("invoices absent")]
    [InlineData("globex invoices")]
    [InlineData("!!!")]
    [InlineData("%")]
    [InlineData("_")]
    public async Task What_has_not_all_of_the_words_is_not_found(string words)
    {
        await app.PublishAsync("com.acme.invoices", $"1.0.{Interlocked.Increment(ref patch)}", "Quarterly billing", "Prints the ledger; Überweisung included.");

        Assert.DoesNotContain("com.acme.invoices", await FindAsync(words));
    }

    [Fact]
    public async Task The_extension_that_is_called_so_comes_first_then_names_then_the_rest_each_in_order()
    {
        await app.PublishAsync("com.acme.aaa", "1.0.0", "Something", "Speaks to the com.acme.zebra too.");
        await app.PublishAsync("com.acme.zebra.addon", "1.0.0", "Addon", "");
        await app.PublishAsync("com.acme.zebra", "1.0.0", "Stripes", "");
        await app.PublishAsync("com.acme.bbb", "1.0.0", "Zebra for Acme Com", "");

        Assert.Equal(["com.acme.zebra", "com.acme.zebra.addon", "com.acme.aaa", "com.acme.bbb"], await FindAsync("com.acme.zebra", limit: 1));
    }

    [Fact]
    public async Task What_is_shown_and_found_is_what_the_latest_release_says_of_itself()
    {
        var name = app.NewName();
        await app.PublishAsync(name, "1.0.0-rc.1", "Walrus candidate", "Tusks.");
        Assert.Equal(("Walrus candidate", null, "1.0.0-rc.1"), await ShownAsync(name));
        await app.PublishAsync(name, "1.0.0", "Walrus", "Tusks and whiskers.");
        Assert.Equal(("Walrus", "1.0.0", null), await ShownAsync(name));
        await app.PublishAsync(name, "2.0.0-beta", "Walrus two", "Flippers.");
        Assert.Equal(("Walrus", "1.0.0", "2.0.0-beta"), await ShownAsync(name));
        await app.PublishAsync(name, "0.9.1", "Old walrus", "A fix for the old.");
        Assert.Equal(("Walrus", "1.0.0", "2.0.0-beta"), await ShownAsync(name));

        Assert.Contains(name, await FindAsync("whiskers"));
        Assert.DoesNotContain(name, await FindAsync("flippers"));
        Assert.DoesNotContain(name, await FindAsync("candidate"));
    }

    [Fact]
    public async Task A_search_can_be_narrowed_to_a_publisher()
    {
        var name = app.NewName();
        await app.PublishAsync(name, "1.0.0", "Narwhal", "");

        Assert.Contains(name, await FindAsync("narwhal", "acme"));
        Assert.Empty(await FindAsync("narwhal", "globex"));
    }

    [Theory]
    [InlineData("'")]
    [InlineData("''':*")]
    [InlineData("a'; drop table extension_registry; --")]
    [InlineData("a & | ! ( <-> b:*A")]
    [InlineData("\\")]
    [InlineData("\\'")]
    [InlineData("a\0b")]
    [InlineData("\0")]
    [InlineData("\uFFFF")]
    [InlineData("🦭 🦭")]
    [InlineData("the and of")]
    [InlineData("ʼ ˮ")]
    [InlineData("1e5 -1 3.14 0x10")]
    [InlineData("user@example.com http://example.com/?a=b")]
    [InlineData("<script>alert(1)</script>")]
    public async Task No_text_is_an_error_to_look_for(string words) =>
        (await app.GetAsync("/api/registry/extensions?q=" + Uri.EscapeDataString(words), app.User)).Is(200);

    [Theory]
    [InlineData("%FF%FE")]
    [InlineData("%C3%28")]
    [InlineData("%ED%A0%80")]
    [InlineData("%00%01%02")]
    [InlineData("%")]
    public async Task Bytes_that_are_no_text_are_no_error_to_look_for(string query) => (await app.GetAsync("/api/registry/extensions?q=" + query, app.User)).Is(200);

    [Fact]
    public async Task Any_short_text_at_all_can_be_looked_for() => await Gen.Char.Array[1, 24].Select(text => new string(text)).SampleAsync(
        async text =>
        {
            var answer = await app.GetAsync("/api/registry/extensions?limit=1&q=" + EscapeAnything(text), app.User);
            return answer.Status == 200 || (answer.Code == "invalid_request" && answer.Detail.Contains("words", StringComparison.Ordinal));
        },
        iter: 200,
        threads: 2);

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_with_what_to_change()
    {
        (await app.GetAsync("/api/registry/extensions?q=" + new string('a', 256), app.User)).Is(200);
        Assert.Contains("256", (await app.GetAsync("/api/registry/extensions?q=" + new string('a', 257), app.User)).Is(400, "invalid_request").Detail, StringComparison.Ordinal);
        (await app.GetAsync("/api/registry/extensions?q=" + string.Join('+', Enumerable.Repeat("a", 16)), app.User)).Is(200);
        Assert.Contains("16", (await app.GetAsync("/api/registry/extensions?q=" + string.Join('+', Enumerable.Repeat("a", 17)), app.User)).Is(400, "invalid_request").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        for (var number = 0; number < 2; number++) await app.PublishAsync(app.NewName(), "1.0.0", "Cursor", "");
        var search = (await app.GetAsync("/api/registry/extensions?q=cursor&limit=1", app.User)).Is(200).Json.GetProperty("nextCursor").GetString();
        var list = (await app.GetAsync("/api/registry/extensions?limit=1", app.User)).Is(200).Json.GetProperty("nextCursor").GetString();

        (await app.GetAsync($"/api/registry/extensions?cursor={search}", app.User)).Is(400, "invalid_request");
        (await app.GetAsync($"/api/registry/extensions?q=cursor&cursor={list}", app.User)).Is(400, "invalid_request");
    }

    [Fact]
    public async Task While_others_publish_each_extension_is_found_exactly_once()
    {
        var names = Enumerable.Range(0, 12).Select(_ => app.NewName()).ToList();
        foreach (var name in names) await app.PublishAsync(name, "1.0.0", "Manatee", "");
        var round = 0;

        var found = await FindAsync("manatee", limit: 2, betweenPages: async () =>
        {
            // One more before, one more after, and one that is there says something else of itself.
            var number = Interlocked.Increment(ref round);
            await app.PublishAsync($"com.acme.a-manatee{number}", "1.0.0", "Manatee", "");
            await app.PublishAsync($"com.acme.z-manatee{number}", "1.0.0", "Manatee", "");
            await app.PublishAsync(names[number % names.Count], $"1.{number}.0", "Sea cow", $"Manatee {number}");
        }, pages: 12);

        Assert.Equal(found.Distinct(), found);
        Assert.Superset(names.ToHashSet(), found.ToHashSet());
    }

    private static int patch;

    /// <summary>Walks a search; <paramref name="betweenPages"/> runs between the first <paramref name="pages"/> pages.</summary>
    private Task<IReadOnlyList<string>> FindAsync(string words, string? publisher = null, int limit = 200, Func<Task>? betweenPages = null, int pages = 0)
    {
        var page = 0;
        return app.WalkAsync(
            $"/api/registry/extensions?q={Uri.EscapeDataString(words)}&limit={limit}{(publisher is null ? "" : "&publisher=" + publisher)}",
            app.User,
            "name",
            () => betweenPages is not null && page++ < pages ? betweenPages() : Task.CompletedTask);
    }

    private async Task<(string?, string?, string?)> ShownAsync(string name)
    {
        var shown = (await app.GetAsync($"/api/registry/extensions/{name}", app.User)).Is(200).Json;
        return (shown.GetProperty("displayName").GetString(), shown.GetProperty("latestVersion").GetString(), shown.GetProperty("latestPrerelease").GetString());
    }

    // Half of a surrogate pair has no escape of its own, so its bytes are written as they would be.
    private static string EscapeAnything(string text) => string.Concat(text.Select(character =>
        char.IsSurrogate(character) ? $"%{0xE0 | (character >> 12):X2}%{0x80 | ((character >> 6) & 0x3F):X2}%{0x80 | (character & 0x3F):X2}" : Uri.EscapeDataString(character.ToString())));
}
