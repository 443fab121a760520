namespace Alga.Extensions.DevHost;

/// <summary>What it was started for.</summary>
/// <param name="StateFolder">Absolute folder of what survives a restart: the extension's stored data, compiled components, keys.</param>
/// <param name="PortBase">Port of the gateway; all others follow from it as for ./run, and the control port is the registry's.</param>
/// <param name="Publisher">Whose extension it is; bundles of others are refused.</param>
/// <param name="FakeWorld">Whether <c>http.fetch</c> reaches fixtures instead of the network.</param>
/// <param name="ControlToken">Bearer token of the control endpoints, from <c>ALGA_DEV_TOKEN</c>.</param>
public sealed record DevHostOptions(string StateFolder, int PortBase, string Publisher, bool FakeWorld, string ControlToken);
