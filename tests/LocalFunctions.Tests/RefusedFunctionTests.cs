using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Alga.Extensions.LocalFunctions.Tests;

/// <summary>What would fail on the Azure host fails here at start, with the reason.</summary>
public sealed class RefusedFunctionTests
{
    [Theory]
    [InlineData(typeof(NeedsKey), "api", "AuthorizationLevel.Anonymous")]
    [InlineData(typeof(ReturnsText), "api", "return IResult")]
    [InlineData(typeof(HasNoTrigger), "api", "[HttpTrigger]")]
    [InlineData(typeof(UnknownParameter), "api", "'other'")]
    [InlineData(typeof(Constrained), "api", "{id:int}")]
    [InlineData(typeof(Twice), "api", "twice")]
    [InlineData(typeof(BelowAdmin), "", "belong to the Azure host")]
    public void A_function_that_Azure_would_not_serve_is_refused(Type type, string prefix, string reason)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => FunctionCatalog.Read([type], prefix));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_without_its_host_json_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        var builder = LocalHost.CreateBuilder(Array.Empty<Type>(), folder.FullName).ConfigureFunctionsWebApplication();
        Assert.Contains("host.json", Assert.Throws<InvalidOperationException>(builder.Build).Message, StringComparison.Ordinal);
        folder.Delete();
    }

    [Fact]
    public void An_app_without_ASP_NET_Core_integration_is_refused()
    {
        var builder = LocalHost.CreateBuilder(Assembly.GetExecutingAssembly(), AppContext.BaseDirectory);
        Assert.Contains("ConfigureFunctionsWebApplication", Assert.Throws<InvalidOperationException>(builder.Build).Message, StringComparison.Ordinal);
    }

    private static class NeedsKey
    {
        [Function("f")]
        public static IResult Run([HttpTrigger] HttpRequest request) => Results.Text(request.Method);
    }

    private static class ReturnsText
    {
        [Function("f")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.Method;
    }

    private static class HasNoTrigger
    {
        [Function("f")]
        public static IResult Run() => Results.Ok();
    }

    private static class UnknownParameter
    {
        [Function("f")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, string other) => Results.Text(request.Method + other);
    }

    private static class Constrained
    {
        [Function("f")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "x/{id:int}")] HttpRequest request) => Results.Text(request.Method);
    }

    private static class Twice
    {
        [Function("f")]
        public static IResult One([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(request.Method);

        [Function("F")]
        public static IResult Two([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(request.Method);
    }

    private static class BelowAdmin
    {
        [Function("f")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "Admin/x")] HttpRequest request) => Results.Text(request.Method);
    }
}
