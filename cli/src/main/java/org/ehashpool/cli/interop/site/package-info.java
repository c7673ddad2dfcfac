/**
 * A whole mining site on this machine for one scenario: bitcoin nodes, template providers, pools and miners, ours and
 * foreign ones, as processes over loopback in one temporary directory. {@link org.ehashpool.cli.interop.site.Site} starts
 * them, and stops them whatever happens.
 */
@NullMarked
package org.ehashpool.cli.interop.site;

import org.jspecify.annotations.NullMarked;
