/** Whether only this machine can be behind a host. Names and addresses as in a URL or an option, IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || /^(?:::1|\[::1\])$/.test(host) || /^127(\.\d{1,3}){3}$/.test(host);
}
