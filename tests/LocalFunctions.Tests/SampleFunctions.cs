using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Alga.Extensions.LocalFunctions.Tests;

public sealed class Greeter(string word)
{
    public string Greet(string? name) => $"{word} {name ?? "null"}";
}

public sealed class SampleFunctions(Greeter greeter, IHttpContextAccessor accessor)
{
    [Function("greet")]
    public IResult Greet([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "greet/{name}")] HttpRequest request, string name) =>
        Results.Text(request.Method + " " + greeter.Greet(name));

    [Function("rest")]
    public Task<IResult> RestAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "rest/{id}/{*path}")] HttpRequest request, string id, string? path) =>
        Task.FromResult(Results.Text($"{request.Method} {id} {greeter.Greet(path)}"));

    [Function("zz-overlap")]
    public IResult Specific([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "overlap/specific")] HttpRequest request) =>
        Results.Text("specific " + request.Method + greeter.Greet(null));

    [Function("aa-overlap")]
    public IResult General([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "overlap/{name}")] HttpRequest request, string name) =>
        Results.Text("general " + request.Method + greeter.Greet(name));

    [Function("ambient")]
    public IResult Ambient([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        Results.Text($"{accessor.HttpContext is null} {Activity.Current is null} {request.HttpContext is null}");

    [Function("fault")]
    public static IResult Fault([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException("canary " + request.Path);
}
