using Alga.Extensions.Contracts.Configuration;
using Alga.Extensions.Runner.Http;
using Alga.Extensions.Scaler;
using Microsoft.Extensions.Configuration;

namespace Alga.Extensions.Infrastructure.Tests.Kubernetes;

/// <summary>Pods get the variables that their service reads, and no others.</summary>
public sealed class PodVariableTests
{
    private static readonly Dictionary<string, Action<IConfiguration>> Readers = new(StringComparer.Ordinal)
    {
        ["alga-runner"] = configuration => RunnerOptions.Read(configuration),
        ["alga-scaler"] = configuration => ScalerOptions.Read(configuration),
    };

    public static TheoryData<string> Services => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_starts_with_the_variables_that_it_is_given_and_reads_all_of_them(string service)
    {
        var variables = VariablesOf(service);
        // The folder is mounted there, and not here.
        if (variables.ContainsKey("SCALER_TLS_FOLDER")) variables["SCALER_TLS_FOLDER"] = Path.GetTempPath();
        var configuration = new RecordingConfiguration(variables);
        Readers[service](configuration);

        Assert.Empty(variables.Keys.Except(configuration.Asked, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_required_variable_is_set(string service)
    {
        var required = Assert.Throws<ConfigurationException>(() => Readers[service](new RecordingConfiguration([]))).Faults.Select(fault => fault.Split(':')[0]);

        Assert.Empty(required.Except(VariablesOf(service).Keys, StringComparer.Ordinal));
    }

    [Fact]
    public void Folders_that_a_service_is_told_of_are_mounted()
    {
        foreach (var (service, variable) in new[] { ("alga-runner", "EXT_CACHE_ROOT"), ("alga-scaler", "SCALER_TLS_FOLDER") })
        {
            var deployment = Kustomization.BuildOverlay("azure").Single(manifest => manifest.Kind == "Deployment" && manifest.Name == service);
            Assert.Contains(deployment.Container["volumeMounts"]!.AsArray(), mount => mount!["mountPath"]!.ToString() == VariablesOf(service)[variable]);
        }
    }

    [Fact]
    public void The_runner_reports_to_the_scaler()
    {
        var scaler = Kustomization.BuildOverlay("azure").Single(manifest => manifest.Kind == "Service" && manifest.Name == "alga-scaler");
        var url = new Uri(VariablesOf("alga-runner")["SCALER_URL"]);

        Assert.Equal("alga-scaler.alga-extensions.svc", url.Host);
        Assert.Contains(scaler.Spec["ports"]!.AsArray(), port => port!["name"]!.ToString() == "reports" && port["port"]!.GetValue<long>() == url.Port);
    }

    private static Dictionary<string, string> VariablesOf(string service)
    {
        var manifests = Kustomization.BuildOverlay("azure");
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in manifests.Single(manifest => manifest.Kind == "ConfigMap" && manifest.Name == service).Json["data"]!.AsObject())
        {
            variables[name] = value!.ToString();
        }

        foreach (var item in manifests.Single(manifest => manifest.Kind == "Deployment" && manifest.Name == service).Container["env"]!.AsArray())
        {
            variables[item!["name"]!.ToString()] = item["value"]!.ToString();
        }

        return variables;
    }
}
