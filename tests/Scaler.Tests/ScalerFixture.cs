using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Alga.Extensions.LoadReports;
using Alga.Extensions.Scaler.Protocol;
using Alga.Extensions.Secrets;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Alga.Extensions.Scaler.Tests;

/// <summary>The scaler on free ports with real TLS; only the vault stands in.</summary>
public sealed class ScalerFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("alga-scaler-").FullName;
    private WebApplication app = null!;

    internal TestAuthority Authority { get; private set; } = new();

    public byte[] Key { get; } = RandomNumberGenerator.GetBytes(32);

    public Uri ReportUrl { get; private set; } = null!;

    public Uri GrpcUrl { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public SecretVault Vault { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Authority.WriteTo(folder);
        Vault = CreateVault();
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddScaler(new ScalerOptions { GrpcPort = 0, ReportPort = 0, TlsFolder = folder, Vault = new SecretVaultOptions(new Uri("https://vault.example/"), null) });
        builder.Services.AddSingleton(Vault);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapScaler();
        await app.StartAsync();
        GrpcUrl = Loopback("https");
        ReportUrl = Loopback("http");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        Vault.Dispose();
        Http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A client as KEDA's: it knows the authority and shows a certificate.</summary>
    internal ExternalScaler.ExternalScalerClient Connect(X509Certificate2? own = null, bool withCertificate = true)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = withCertificate ? [own ?? Authority.Issue("keda-operator")] : [],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is X509Certificate2 shown && Authority.Made(shown),
            },
        };
        return new ExternalScaler.ExternalScalerClient(GrpcChannel.ForAddress(GrpcUrl, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true }));
    }

    /// <summary>The certificate is renewed, by another authority.</summary>
    internal void RenewCertificates()
    {
        Authority = new TestAuthority();
        Authority.WriteTo(folder);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "tls.crt"), File.GetLastWriteTimeUtc(Path.Combine(folder, "tls.crt")).AddMinutes(1));
    }

    internal async Task<int> ReportAsync(LoadReport report)
    {
        var bytes = report.ToJson();
        return await SendAsync(bytes, LoadReportKey.Sign(Key, bytes));
    }

    internal async Task<int> SendAsync(byte[] body, string? authorization)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(ReportUrl, LoadReport.Path)) { Content = new ByteArrayContent(body) };
        if (authorization is not null) message.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await Http.SendAsync(message);
        return (int)response.StatusCode;
    }

    internal static LoadReport Now(int inFlight, LoadComponent component = LoadComponent.Gateway, Guid? source = null) =>
        new(source ?? Guid.CreateVersion7(), component, inFlight, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

    internal static ScaledObjectRef ScaledObject(string target = "10", string? silence = null)
    {
        var reference = new ScaledObjectRef { Name = "alga-runner", Namespace = "alga-extensions" };
        reference.ScalerMetadata["targetInFlight"] = target;
        if (silence is not null) reference.ScalerMetadata["silence"] = silence;
        return reference;
    }

    private SecretVault CreateVault()
    {
        var client = Substitute.For<SecretClient>();
        client.GetSecretAsync(LoadReportKey.SecretName, Arg.Any<string>(), Arg.Any<SecretContentType?>(), Arg.Any<CancellationToken>())
            .ReturnsForAnyArgs(_ => Response.FromValue(new KeyVaultSecret(LoadReportKey.SecretName, Convert.ToBase64String(Key)), Substitute.For<Response>()));
        return new SecretVault(client, TimeProvider.System, NullLogger<SecretVault>.Instance);
    }

    private Uri Loopback(string scheme) =>
        new UriBuilder(app.Urls.Select(url => new Uri(url)).Single(url => url.Scheme == scheme)) { Host = "127.0.0.1" }.Uri;
}
