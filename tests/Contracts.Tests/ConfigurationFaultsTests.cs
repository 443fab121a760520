using Alga.Extensions.Contracts.Configuration;

namespace Alga.Extensions.Contracts.Tests;

public class ConfigurationFaultsTests
{
    [Fact]
    public void All_faults_are_reported_at_once_and_no_value_is_repeated()
    {
        var faults = new ConfigurationFaults();
        faults.Required("A", " ", "a name");
        faults.Integer("B", "s3cret", 5, 1, 9);
        faults.Url("C", "https://user:s3cret@host/", "a URL");

        var exception = Assert.Throws<ConfigurationException>(faults.ThrowIfAny);

        Assert.Equal(["A", "B", "C"], exception.Faults.Select(fault => fault[..1]));
        var output = new StringWriter();
        Assert.Equal(78, exception.Report(output));
        Assert.All(exception.Faults, fault => Assert.Contains(fault, output.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_faults_nothing_is_thrown()
    {
        var faults = new ConfigurationFaults();
        Assert.Equal("x", faults.Required("A", " x ", "a name"));
        Assert.Equal(5, faults.Integer("B", null, 5, 1, 9));
        Assert.Equal(9, faults.Integer("B", "9", 5, 1, 9));
        Assert.Equal("http://127.0.0.1:7080/", faults.Url("C", "http://127.0.0.1:7080", "a URL").AbsoluteUri);
        faults.ThrowIfAny();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10")]
    [InlineData("1.5")]
    [InlineData("+")]
    [InlineData("99999999999")]
    public void A_number_out_of_range_is_a_fault(string value)
    {
        var faults = new ConfigurationFaults();
        Assert.Equal(5, faults.Integer("B", value, 5, 1, 9));
        Assert.Single(faults.All);
    }

    [Theory]
    [InlineData("host")]
    [InlineData("/path")]
    [InlineData("ftp://host/")]
    [InlineData("https://host/?q")]
    [InlineData("https://host/#f")]
    public void A_URL_that_is_none_is_a_fault(string value)
    {
        var faults = new ConfigurationFaults();
        faults.Url("C", value, "a URL");
        Assert.Single(faults.All);
    }
}
