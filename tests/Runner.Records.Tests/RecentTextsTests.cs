using CsCheck;

namespace Alga.Extensions.Runner.Records.Tests;

public class RecentTextsTests
{
    [Fact]
    public void What_it_gives_is_always_equal_to_what_it_was_given() =>
        Gen.String[0, RecentTexts.MaxLength + 2].Array.Sample(texts =>
        {
            var recent = new RecentTexts();
            Assert.Equal(texts, texts.Select(recent.Share));
        });

    [Fact]
    public void An_equal_text_is_held_once()
    {
        var recent = new RecentTexts();
        var first = recent.Share(new string('a', RecentTexts.MaxLength));
        Assert.Same(first, recent.Share(new string('a', RecentTexts.MaxLength)));
    }

    [Fact]
    public void A_long_text_is_not_held()
    {
        var recent = new RecentTexts();
        var first = recent.Share(new string('a', RecentTexts.MaxLength + 1));
        Assert.NotSame(first, recent.Share(new string('a', RecentTexts.MaxLength + 1)));
    }

    [Fact]
    public void Of_many_texts_from_many_threads_each_comes_back_equal()
    {
        var recent = new RecentTexts();
        Parallel.For(0, 200_000, number =>
        {
            var text = $"text {number % (RecentTexts.Capacity * 3)}";
            Assert.Equal(text, recent.Share(text));
        });
    }
}
