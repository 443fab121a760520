namespace Alga.Extensions.Gateway.Events;

/// <summary>
/// SQL that finds the pending deliveries of <c>@tenantId</c> that are the first of their chain (install, topic and key), of enabled installs: the only ones that may be handed out.
/// Compared with all before it, each delivery of a long chain makes a query quadratic; finding the first of all chains takes a time that grows with what waits. So the
/// longest waiting of those that are due are looked at alone, each with one search in an index, and all chains only where these do not say it.
/// </summary>
internal static class DeliveryHeads
{
    /// <summary>
    /// Two tables for a <c>with</c>: <c>near</c>, the longest waiting of what is due, and <c>near_head</c>, the heads among them. The time is the statement's, since with one that
    /// goes on the index could not be searched.
    /// </summary>
    public const string Near =
        $"""
        near as materialized (
          select d.delivery_id, d.install_id, d.topic, d.order_key, d.sequence from extension_event_delivery d
          where d.tenant_id = @tenantId and d.status = 'pending' and d.next_attempt_at <= statement_timestamp()
            and (d.lease_until is null or d.lease_until <= statement_timestamp())
          order by d.next_attempt_at, d.sequence limit {Look}
        ),
        near_head as materialized (
          select n.delivery_id from near n
          where n.sequence = (
            select e.sequence from extension_event_delivery e
            where e.tenant_id = @tenantId and e.status = 'pending' and e.install_id = n.install_id and e.topic = n.topic and e.order_key = n.order_key
            order by e.sequence limit 1)
            and exists (select from tenant_extension_install i where i.tenant_id = @tenantId and i.install_id = n.install_id and i.status = 'enabled')
        )
        """;

    /// <summary>Whether <c>d</c> is a head.</summary>
    public const string IsHead = $"{IsEnabled} and d.delivery_id = any ({All})";

    /// <summary>
    /// Whether <c>d</c> is a head, for who wants <c>@take</c> of those that are due, the longest waiting first, after <see cref="Near"/>: where that has enough, or has all that is due,
    /// the rest is not looked at.
    /// </summary>
    public const string IsDueHead =
        $"""
        {IsEnabled} and d.delivery_id = any (
          case when (select count(*) from near_head) >= @take or (select count(*) from near) < {Look} then array(select delivery_id from near_head) else {All} end)
        """;

    private const string Look = "200";

    private const string IsEnabled =
        """
        d.tenant_id = @tenantId and d.status = 'pending'
        and exists (select from tenant_extension_install i where i.tenant_id = @tenantId and i.install_id = d.install_id and i.status = 'enabled')
        """;

    private const string All =
        """
        array(
          select first.delivery_id from (
            select distinct on (e.install_id, e.topic, e.order_key) e.delivery_id from extension_event_delivery e
            where e.tenant_id = @tenantId and e.status = 'pending'
            order by e.install_id, e.topic, e.order_key, e.sequence) first)
        """;
}
