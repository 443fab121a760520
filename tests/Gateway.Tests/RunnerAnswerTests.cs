using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Gateway.Invoke;

namespace Alga.Extensions.Gateway.Tests;

public class RunnerAnswerTests
{
    private static readonly ErrorCode[] NotForCallers =
    [
        ErrorCode.Internal, ErrorCode.Forbidden, ErrorCode.InvalidRequest, ErrorCode.ExtensionNotInstalled, ErrorCode.ExtensionDisabled,
        ErrorCode.EndpointNotFound, ErrorCode.HeadersTooLarge, ErrorCode.RunnerUnavailable, ErrorCode.NotFound, ErrorCode.BundleInvalid, ErrorCode.ManifestInvalid,
        ErrorCode.VersionExists, ErrorCode.Conflict, ErrorCode.PreconditionFailed,
        ErrorCode.VersionYanked,
        ErrorCode.MethodNotAllowed,
        ErrorCode.BodyTooSlow,
    ];

    public static TheoryData<ErrorCode> Codes() => [.. Enum.GetValues<ErrorCode>().Where(code => code != ErrorCode.Unauthenticated)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Codes_about_the_extension_pass_and_all_others_are_internal(ErrorCode code)
    {
        var expected = NotForCallers.Contains(code) ? ErrorCode.Internal : code;
        var row = ErrorTable.Describe(code);
        var problem = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemBody { Code = row.Name, Title = row.Title, Status = row.Status, Detail = "Detail.", RequestId = "r" }, ProblemJson.Default.ProblemBody);
        var execution = JsonSerializer.SerializeToUtf8Bytes(
            new ExecuteResponse { Status = row.Status, Error = new ExecuteError(row.Name, "Detail."), Usage = new ExecuteUsage() }, ExecutionJson.Default.ExecuteResponse);

        var fromProblem = RunnerAnswer.FromProblem(row.Status, "application/problem+json", problem);
        Assert.False(RunnerAnswer.FromExecution(execution).TryGet(out _, out var fromExecution));

        Assert.Equal(expected, fromProblem.Code);
        Assert.Equal(expected, fromExecution.Code);
        Assert.Equal(expected == ErrorCode.Internal, fromProblem.Message != "Detail.");
    }

    [Fact]
    public void A_runner_that_does_not_take_the_gateways_token_is_unavailable_and_what_it_says_of_the_token_is_not_told()
    {
        var row = ErrorTable.Describe(ErrorCode.Unauthenticated);
        var problem = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemBody { Code = row.Name, Title = row.Title, Status = row.Status, Detail = "The service token is from the future.", RequestId = "r" }, ProblemJson.Default.ProblemBody);

        var refusal = RunnerAnswer.FromProblem(row.Status, "application/problem+json", problem);

        Assert.Equal(ErrorCode.RunnerUnavailable, refusal.Code);
        Assert.DoesNotContain("token", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(502, "text/html", ErrorCode.RunnerUnavailable)]
    [InlineData(503, null, ErrorCode.RunnerUnavailable)]
    [InlineData(404, "text/plain", ErrorCode.Internal)]
    [InlineData(302, null, ErrorCode.Internal)]
    [InlineData(500, "application/problem+json", ErrorCode.Internal)]
    public void What_is_no_problem_of_ours_is_told_apart_by_status(int status, string? mediaType, ErrorCode code) =>
        Assert.Equal(code, RunnerAnswer.FromProblem(status, mediaType, "<html>"u8).Code);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"status\":200}")]
    [InlineData("{\"status\":\"200\",\"usage\":{}}")]
    public void An_answer_that_is_none_is_internal(string json)
    {
        Assert.False(RunnerAnswer.FromExecution(System.Text.Encoding.UTF8.GetBytes(json)).TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.Internal, refusal.Code);
    }
}
