namespace Alga.Extensions.Bundles;

/// <summary>What a manifest says that its component must fit.</summary>
/// <param name="AnswersHttp">It has <c>api.endpoints</c>.</param>
/// <param name="ReceivesEvents">It has <c>events</c>.</param>
/// <param name="Capabilities">The capabilities that it asks for.</param>
/// <param name="MemoryMb">The memory that its guests get, in MiB.</param>
public sealed record ComponentDemands(bool AnswersHttp, bool ReceivesEvents, IReadOnlyCollection<string> Capabilities, int MemoryMb);
