/**
 * Web pages, JSON API and exports of the statistics services. A page is a list of parts that are rendered by the server;
 * what a browser shows is kept current by sending it the parts that changed.
 *
 * <p>Links are relative, so that the pages work under any path of a reverse proxy.
 */
@NullMarked
package org.ehashpool.statistics.web;

import org.jspecify.annotations.NullMarked;
