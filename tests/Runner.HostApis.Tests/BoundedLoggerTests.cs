using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Secrets;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NSubstitute;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>What host calls write into the platform's log, for guests that call as fast as they can.</summary>
public sealed class BoundedLoggerTests : IDisposable
{
    private readonly NpgsqlDataSource nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x");
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().AddSingleton<GuestMeter>().BuildServiceProvider();
    private readonly LogLines lines = new();
    private readonly HostCallsFactory factory;

    public BoundedLoggerTests()
    {
        var loggers = Substitute.For<ILoggerFactory>();
        loggers.CreateLogger(Arg.Any<string>()).Returns(lines);
        factory = new HostCallsFactory(
            nowhere,
            services.GetRequiredService<GuestMeter>(),
            new TenantKeys(Substitute.For<SecretClient>(), TimeProvider.System, NullLogger<TenantKeys>.Instance),
            new EgressPolicy(null),
            Substitute.For<IEgressNetwork>(),
            TimeProvider.System,
            loggers);
    }

    public void Dispose()
    {
        factory.Dispose();
        services.Dispose();
        nowhere.Dispose();
    }

    [Fact]
    public void What_a_guest_is_denied_again_and_again_is_logged_a_few_times()
    {
        Flood(Invocation.Context());
        Assert.All(lines.Lines, line => Assert.StartsWith("Denied", line.Text, StringComparison.Ordinal));
        Assert.Equal(BoundedLogger.MaxLines, lines.Lines.Count);
    }

    [Fact]
    public void A_service_that_is_away_is_logged_a_few_times_for_each_invocation()
    {
        Flood(Invocation.Granted(Capability.StorageKv, Capability.SecretsGet) with { Secrets = [new SecretGrant("a", null)] });
        Assert.Equal(BoundedLogger.MaxLines, lines.Lines.Count);
        Flood(Invocation.Granted(Capability.StorageKv));
        Assert.Equal(2 * BoundedLogger.MaxLines, lines.Lines.Count);
    }

    private void Flood(InvocationContext context)
    {
        var host = factory.Create(context, Invocation.Deadline());
        for (var i = 0; i < 100; i++)
        {
            host.Storage.Get("notes", "a");
            host.Secrets.Get("a");
            host.Http.Fetch(new OutgoingRequest("GET", "https://api.example.com/", [], default, null));
        }
    }
}
