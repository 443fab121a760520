using Alga.Extensions.Testing;

namespace Alga.Extensions.Cli.Tests.Reference;

public sealed class CommandLineReferenceTests
{
    /// <summary>Where it is not, <c>npm run write -w docs</c> writes it.</summary>
    [Fact]
    public void The_reference_of_the_command_line_is_what_its_help_says()
    {
        var page = CommandLinePage.Write();

        Assert.Equal(page, GeneratedPage.Read("docs/reference/command-line.md", page));
    }
}
