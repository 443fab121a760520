using System.Data;
using Dapper;

namespace Alga.Extensions.Registry.Quotas;

/// <summary>Limits as parameters; typed, because a null says nothing about its type.</summary>
internal static class QuotaColumns
{
    /// <summary>Adds <c>{prefix}Rate</c>, <c>{prefix}Burst</c>, <c>{prefix}Concurrency</c>, <c>{prefix}Invocations</c> and <c>{prefix}Egress</c>.</summary>
    public static void Add(DynamicParameters parameters, string prefix, QuotaValues values)
    {
        parameters.Add(prefix + "Rate", values.RequestsPerSecond, DbType.Double);
        parameters.Add(prefix + "Burst", values.Burst, DbType.Int32);
        parameters.Add(prefix + "Concurrency", values.Concurrency, DbType.Int32);
        parameters.Add(prefix + "Invocations", values.MonthlyInvocations, DbType.Int64);
        parameters.Add(prefix + "Egress", values.MonthlyEgressBytes, DbType.Int64);
    }
}
