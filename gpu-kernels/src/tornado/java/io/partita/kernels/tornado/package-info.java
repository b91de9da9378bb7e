/** The engine for devices: kernels by TornadoVM. Part of the build only where its SDK is. */
package io.partita.kernels.tornado;
