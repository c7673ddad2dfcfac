/**
 * The small HTTP server that every service has, for its operator and for the services that watch it.
 *
 * <table>
 * <caption>What every service answers</caption>
 * <tr><td>{@code GET /health/live}</td><td>200 while the process works, 503 once it has failed: restart it</td></tr>
 * <tr><td>{@code GET /health/ready}</td><td>200 when it can do its work, else 503; each check by name</td></tr>
 * <tr><td>{@code GET /metrics}</td><td>Prometheus' text format, or OpenMetrics where asked for</td></tr>
 * <tr><td>{@code GET /api/v1/state}</td><td>service, instance, boot_id, version, uptime_ms, state, details</td></tr>
 * <tr><td>{@code POST /api/v1/reload}</td><td>reads the configuration again; needs the bearer token</td></tr>
 * </table>
 *
 * <p>These answer HEAD as well as GET. A service adds routes of its own to {@link org.ehashpool.kit.http.HttpEndpoint#router()} before it starts. Every
 * error has the body <code>{"error": {"code": "not-found", "message": "…"}}</code>; a handler refuses a request by
 * failing it with an {@link org.ehashpool.kit.http.ApiFailure}.
 *
 * <p>Bounds: request line, headers and body by size, connections by number, a request by the time it may take to
 * arrive (headers included), a connection by the time it may be without one. What a client does wrong costs it the
 * connection, and is no line in the log.
 */
@NullMarked
package org.ehashpool.kit.http;

import org.jspecify.annotations.NullMarked;
