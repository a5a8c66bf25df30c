"""Twin City Bridge: the Hong Kong - Shenzhen dual-qualification bridging portal."""
