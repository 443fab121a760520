namespace Alga.Extensions.Contracts.Tests;

public class ErrorTableTests
{
    public static TheoryData<ErrorCode> Codes() => [.. Enum.GetValues<ErrorCode>()];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_row_and_comes_back_from_its_name(ErrorCode code)
    {
        var row = ErrorTable.Describe(code);
        Assert.Equal(code, ErrorTable.Parse(row.Name));
        Assert.InRange(row.Status, 400, 599);
        Assert.Matches("^[a-z]+(_[a-z]+)*$", row.Name);
        Assert.NotEmpty(row.Title);
    }

    [Fact]
    public void Names_are_used_once() => Assert.Equal(ErrorTable.All.Count(), ErrorTable.All.Select(row => row.Name).Distinct().Count());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Timeout")]
    [InlineData("no_such_code")]
    public void An_unknown_name_is_internal(string? name) => Assert.Equal(ErrorCode.Internal, ErrorTable.Parse(name));
}
