import type { View } from '../platform/processors/processor.js';
import { directClaimList } from './direct-claim-list.view.js';

export const directClaimsViews: View[] = [directClaimList];
