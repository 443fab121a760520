using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Testing;

namespace Alga.Extensions.ServiceTokens.Tests;

public class ServiceTokenAgreementTests
{
    private static readonly Guid Other = Guid.Parse("01936b2e-0000-7000-8000-0000000000ff");

    public static TheoryData<string, ExecuteRequest> Changed()
    {
        var request = Sample.Request;
        return new TheoryData<string, ExecuteRequest>
        {
            { "request_id", request with { Context = request.Context with { RequestId = Other } } },
            { "tenant_id", request with { Context = request.Context with { TenantId = Other } } },
            { "install_id", request with { Context = request.Context with { InstallId = Other } } },
            { "version_id", request with { Context = request.Context with { VersionId = Other } } },
            { "extension_id", request with { Context = request.Context with { ExtensionId = "com.evil.reports" } } },
            { "content_hash", request with { Context = request.Context with { ContentHash = "sha256:" + new string('b', 64) } } },
            { "http.method", request with { Http = request.Http with { Method = "DELETE" } } },
            { "http.path", request with { Http = request.Http with { Path = "/b" } } },
            { "providers", request with { Providers = ["cap:storage.kv", "cap:metrics.emit", "cap:http.fetch"] } },
            { "providers", request with { Providers = ["cap:storage.kv", "cap:http.fetch"] } },
            { "providers", request with { Providers = ["storage.kv", "metrics.emit"] } },
            { "providers", request with { Providers = [] } },
            { "egress", request with { Egress = ["api.example.com", "*.example.org", "evil.example"] } },
            { "egress", request with { Egress = ["api.example.com", "*.org"] } },
            { "egress", request with { Egress = [] } },
            { "secrets", request with { Secrets = [new ExecuteSecret("api-key", 90), new ExecuteSecret("third")] } },
            { "secrets", request with { Secrets = [new ExecuteSecret("api-key", 91), new ExecuteSecret("other")] } },
            { "secrets", request with { Secrets = [new ExecuteSecret("api-key"), new ExecuteSecret("other")] } },
            { "secrets", request with { Secrets = [] } },
        };
    }

    [Fact]
    public void Hosts_and_secrets_travel_in_the_token_and_the_longest_fit_in()
    {
        var time = new ManualTime();
        var host = string.Join('.', Enumerable.Repeat(new string('a', 60), 4));
        var request = Sample.Request with
        {
            Egress = [.. Enumerable.Range(10, 50).Select(i => $"{host}.b{i}.example")],
            Secrets = [.. Enumerable.Range(10, 50).Select(i => new ExecuteSecret(new string('a', 62) + i, 3_650))],
            Http = Sample.Request.Http with { Path = "/" + new string('a', 8_000) },
        };
        var body = Sample.Bytes(request);
        var token = new ServiceTokenIssuer(Sample.Key, time).Issue(request, body);
        Assert.True(new ServiceTokenVerifier(Sample.Key, time).Verify(token, body).TryGet(out var claims, out var refusal), refusal?.Message);
        Assert.Equal(request.Egress, claims.Egress);
        Assert.Equal(request.Secrets, claims.Secrets!.Select(secret => new ExecuteSecret(secret.Name, secret.MaxAgeDays)));
        Assert.Null(ServiceTokenAgreement.Check(claims, request));
    }

    [Theory]
    [MemberData(nameof(Changed))]
    public void A_request_that_differs_from_its_token_is_refused_by_field(string field, ExecuteRequest request)
    {
        var time = new ManualTime();
        var body = Sample.Bytes(Sample.Request);
        var token = new ServiceTokenIssuer(Sample.Key, time).Issue(Sample.Request, body);
        Assert.True(new ServiceTokenVerifier(Sample.Key, time).Verify(token, body).TryGet(out var claims, out _));

        var refusal = ServiceTokenAgreement.Check(claims, request);

        Assert.Equal(ErrorCode.Forbidden, refusal?.Code);
        Assert.StartsWith(field + " ", refusal?.Message, StringComparison.Ordinal);
    }
}
