@NullMarked
package org.ehashpool.kit.service;

import org.jspecify.annotations.NullMarked;
