/**
 * A bare Stratum V2 endpoint as a daemon: it makes the handshake, answers SetupConnection and RequestExtensions for one
 * protocol, sends back what comes in frames of one experimental extension, and keeps a log of its connections in
 * Postgres. The counterpart of probes, of interop scenarios and of the demo; it mines nothing.
 */
@NullMarked
package org.ehashpool.endpoint;

import org.jspecify.annotations.NullMarked;
