/**
 * What a service must say to have its resources encrypted, and the vocabulary in which it says it. Each service is a package
 * of its own below.
 */
@org.jspecify.annotations.NullMarked
package io.xtcmk.core.services;
